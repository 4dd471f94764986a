import type { Conversation } from '#conversation/conversation.ts';
import type { TextKey } from '#conversation/text-key.ts';
import { answersDialog } from './answers.dialog.ts';
import { bookingDialog } from './booking.dialog.ts';
import { callBackDialog } from './call-back.dialog.ts';
import { careersDialog } from './careers.dialog.ts';
import { doubtsDialog } from './doubts.dialog.ts';
import { eligibilityDialog, READERS } from './eligibility.dialog.ts';
import { formerJobDialog } from './former-job.dialog.ts';
import { humanDialog } from './human.dialog.ts';
import { mayKeepUnread } from './may-keep-unread.ts';
import { myBookingDialog } from './my-booking.dialog.ts';
import { myNeedsDialog } from './my-needs.dialog.ts';
import { noticeJobs } from './named-jobs.ts';
import { noticeTerritory } from './person-zone.ts';
import { privacyDialog } from './privacy.dialog.ts';
import { quietNow } from './quiet.ts';
import { NEVER_OFFERED, routes } from './routes.ts';
import { safetyDialog, watch } from './safety.dialog.ts';
import { sessionsDialog } from './sessions.dialog.ts';
import { welcomeDialog } from './welcome.dialog.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

/** The whole assistant: its dialogs, what leads to them, and the ways out of them. */
export const declic: Conversation<DeclicWorld> = {
  dialogs: [
    welcomeDialog,
    doubtsDialog,
    answersDialog,
    careersDialog,
    formerJobDialog,
    eligibilityDialog,
    sessionsDialog,
    bookingDialog,
    myBookingDialog,
    myNeedsDialog,
    humanDialog,
    privacyDialog,
    safetyDialog,
    callBackDialog,
  ],
  routes,
  waysOut: {
    menu: { dialog: 'welcome', at: 'menu' },
    help: { dialog: 'welcome', at: 'help' },
    restart: { dialog: 'welcome', at: 'restart' },
    human: { dialog: 'human' },
    stop: { dialog: 'welcome', at: 'stop' },
    erase: { dialog: 'privacy', at: 'erase' },
  },
  before: notice,
  safety: watch,
  opening: { dialog: 'welcome' },
  firstWords: (turn) => (quietNow(turn) === undefined ? 'welcome:firstWords' : undefined),
  mayKeepUnread,
  topic: (intent) =>
    NEVER_OFFERED.has(intent) ? undefined : (`common:topic.${intent}` as TextKey),
};

/** What brings booking back after a "not now": the person speaks of it. */
const BRINGS_IT_UP = ['eligibility_check', 'session_list', 'booking_create'] as const;

/** What the device tells, and what people say of themselves, is not asked again. */
function notice(turn: DeclicTurn): void {
  const { incoming, heard, memory } = turn;
  if (incoming.timeZone !== undefined) memory.timeZone = incoming.timeZone;
  noticeTerritory(turn);
  noticeJobs(turn);
  if (BRINGS_IT_UP.some((intent) => heard.means(intent))) delete memory.notNow;
  if (!heard.has('self')) return;
  const { situation, place, adult } = READERS;
  memory.told = {
    ...memory.told,
    ...stated('situation', situation(heard)),
    ...stated('place', place(heard)),
    ...stated('adult', adult(heard)),
  };
}

const stated = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined || value.startsWith('not:') ? {} : { [name]: value };
