import 'pdfkit';

/** What pdfkit 0.20.2 takes and its types (0.17.6) do not name. */
declare global {
  namespace PDFKit.Mixins {
    interface StructureElementOptions {
      /** Of a heading of a table. */
      scope?: 'Column' | 'Row' | undefined;
      /** Left, top, right, bottom on the page. */
      bbox?: readonly [number, number, number, number] | undefined;
    }
    interface AnnotationOption {
      /** The structure element that holds the annotation. */
      structParent?: PDFStructureElement | undefined;
    }
  }
}
