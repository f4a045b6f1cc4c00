import type { DayOfHappenings, Happening } from '../timeline.ts';

/** Usage, money, messages and service in one stream, day by day. */
export function TimelineList({ days, timezone }: { days: readonly DayOfHappenings[]; timezone: string }) {
  if (days.length === 0) return <p class="quiet">Nothing yet. Usage, money, messages and service are told here.</p>;
  const dayText = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: timezone,
  });
  const timeText = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: timezone });
  return (
    <>
      {days.map(({ day, at, happenings }) => (
        <section key={day}>
          <h3>{dayText.format(at)}</h3>
          <ol class="happenings">
            {happenings.map((one, index) => (
              <li key={index}>
                <time dateTime={new Date(one.at).toISOString()}>{timeText.format(one.at)}</time>
                <span class={`kind ${toneOf(one)}`}>{one.kind}</span>
                <span class="what">
                  {one.href === undefined ? one.text : <a href={one.href}>{one.text}</a>}
                  {one.detail === undefined ? null : <small>{one.detail}</small>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function toneOf({ tone }: Happening): string {
  if (tone === undefined) return '';
  return tone === 'good' ? 'good' : 'late';
}
