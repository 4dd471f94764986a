import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Authentication } from './authenticate.ts';

/** The SDK's adapter, entered after its HTTP part: what is called is already read and checked. */
export class BotAdapter extends CloudAdapter {
  /** Runs one turn. Answers the body that the caller awaits, if it awaits one. */
  run(
    authentication: Authentication,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authentication, activity, logic);
  }
}
