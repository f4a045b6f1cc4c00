import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';
import { type Finding, reasonOf } from './finding.ts';

/** Port: who hears of alarms. `confirmed` is false until the mail's link was followed. */
export type AlarmListeners = (topic: string) => Promise<readonly { mail: string; confirmed: boolean }[]>;

export async function lookAtAlarmMail(
  listeners: AlarmListeners,
  {
    subject,
    topic,
    mail,
    region,
  }: { readonly subject: string; readonly topic: string; readonly mail: string; readonly region: string },
): Promise<Finding> {
  const again = `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${mail} --region ${region}`;
  try {
    const found = (await listeners(topic)).filter(each => each.mail === mail);
    if (found.some(({ confirmed }) => confirmed)) return { mark: 'ok', subject, text: `${mail} gets them.` };
    const text =
      found.length > 0
        ? `${mail} has not confirmed yet: follow the link in the mail "AWS Notification - Subscription Confirmation". To get it again:`
        : `${mail} does not get them. To subscribe it:`;
    return { mark: 'todo', subject, text: `${text}\n${again}` };
  } catch (error) {
    return { mark: 'todo', subject, text: `SNS cannot be looked at: ${reasonOf(error)}` };
  }
}

export function alarmListenersOf(sns: SNSClient): AlarmListeners {
  return async topic => {
    const listeners: { mail: string; confirmed: boolean }[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topic })) {
      for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? []) {
        if (Protocol === 'email') listeners.push({ mail: Endpoint, confirmed: SubscriptionArn.startsWith('arn:') });
      }
    }
    return listeners;
  };
}
