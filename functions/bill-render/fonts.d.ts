/** What the bundler makes of a font: the name of its file beside the code. */
declare module '*.ttf' {
  const name: string;
  export default name;
}
