import type { Station } from '../path-stations.ts';

/** What waits for a person, in words; nothing when nothing does. */
export function WaitingList({ stations }: { stations: readonly Station[] }) {
  const marks = stations.flatMap(({ title, marks: some }) => some.map(mark => ({ ...mark, title })));
  if (marks.length === 0) return <p class="quiet">Nothing waits for a person.</p>;
  return (
    <section class="waiting" aria-label="What waits for a person">
      <ul>
        {marks.map(({ count, what, href, title }) => (
          <li key={`${title} ${what}`}>
            <a href={href}>{`${title}: ${count} ${what}`}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
