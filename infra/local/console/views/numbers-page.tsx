import type { Station } from '../path-stations.ts';
import { PathPicture } from './path-picture.tsx';

/** What each number of the picture counts, and where it was read. */
export function NumbersPage({ stations }: { stations: readonly Station[] }) {
  return (
    <>
      <h1>What the numbers mean</h1>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Station</th>
            <th scope="col" class="number">
              Number
            </th>
            <th scope="col">What it counts</th>
            <th scope="col">Waits for a person</th>
          </tr>
        </thead>
        <tbody>
          {stations.map(({ id, title, count, unit, note, explanation, marks }) => (
            <tr key={id} id={id}>
              <th scope="row">{title}</th>
              <td data-label="Number" class="number">{`${count} ${unit}`}</td>
              <td data-label="What it counts">
                <span>
                  {explanation}
                  <br />
                  <small>{`Now: ${note}.`}</small>
                </span>
              </td>
              <td data-label="Waits for a person">
                {marks.length === 0
                  ? 'nothing'
                  : marks.map(mark => (
                      <a key={mark.what} class="late" href={mark.href}>
                        {`${mark.count} ${mark.what} `}
                      </a>
                    ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>The path</h2>
      <PathPicture stations={stations} />
    </>
  );
}
