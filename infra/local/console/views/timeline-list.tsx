import type { TimelineDay, TimelineEntry } from '#shared/reports/timeline/timeline.ts';
import { timelineAddress } from '../timeline-address.ts';

/** Usage, money, messages and service in one stream, day by day. */
export function TimelineList({ days, timezone }: { days: readonly TimelineDay[]; timezone: string }) {
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
      {days.map(({ day, at, entries }) => (
        <section key={day}>
          <h3>{dayText.format(at)}</h3>
          <ol class="happenings">
            {entries.map((one, index) => (
              <li key={index}>
                <time dateTime={new Date(one.at).toISOString()}>{timeText.format(one.at)}</time>
                <span class={`kind ${toneOf(one)}`}>{one.kind}</span>
                <span class="what">
                  {one.about === undefined ? one.text : <a href={timelineAddress(one.about)}>{one.text}</a>}
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

function toneOf({ tone }: TimelineEntry): string {
  if (tone === undefined) return '';
  return tone === 'good' ? 'good' : 'late';
}
