import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** Port: secrets of a stage, encrypted where they are kept. */
export interface Parameters {
  /** `undefined`: it is not there. */
  read(name: string): Promise<string | undefined>;
  /** Returns `false` where there is one already, which stays. */
  putNew(name: string, value: string): Promise<boolean>;
  replace(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** SecureStrings of the parameter store, under the account's own key `aws/ssm`. */
export function secureStringsOf(ssm: SSMClient): Parameters {
  const put = (name: string, value: string, isReplaced: boolean) =>
    ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: isReplaced }));
  return {
    async read(name) {
      try {
        const answer = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
        return answer.Parameter?.Value;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },
    async putNew(name, value) {
      try {
        await put(name, value, false);
        return true;
      } catch (error) {
        if (error instanceof ParameterAlreadyExists) return false;
        throw error;
      }
    },
    async replace(name, value) {
      await put(name, value, true);
    },
    async remove(name) {
      await ssm.send(new DeleteParameterCommand({ Name: name }));
    },
  };
}
