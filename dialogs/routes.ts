import type { Conversation, Route } from '#conversation/conversation.ts';
import type { WayOut } from '#conversation/message.ts';
import type { Intent } from '#shared/intents.ts';

const answer = (dialog: string, at?: string): Route =>
  at === undefined ? { kind: 'answer', dialog } : { kind: 'answer', dialog, at };
const flow = (dialog: string, at?: string): Route =>
  at === undefined ? { kind: 'flow', dialog } : { kind: 'flow', dialog, at };
const courtesy = (at: string): Route => ({ kind: 'courtesy', dialog: 'welcome', at });
const way = (wayOut: WayOut) => ({ wayOut });

/** From what people mean to where it is dealt with: the one table. */
export const routes: Conversation['routes'] = {
  greeting: courtesy('greeting'),
  goodbye: courtesy('goodbye'),
  thanks: courtesy('thanks'),
  affirm: courtesy('affirm'),
  deny: courtesy('deny'),
  help: way('help'),
  restart: way('restart'),
  go_back: way('back'),
  repeat: answer('welcome', 'repeat'),
  change_language: answer('welcome', 'language'),
  stop_messages: way('stop'),
  barrier_not_for_me: answer('doubts'),
  barrier_no_diploma: answer('doubts'),
  barrier_maths: answer('doubts'),
  barrier_age: answer('doubts'),
  barrier_gender: answer('doubts'),
  barrier_disability: answer('doubts'),
  barrier_origin: answer('doubts'),
  barrier_french: answer('doubts'),
  barrier_english: answer('doubts'),
  barrier_digital_skills: answer('doubts'),
  barrier_equipment: answer('doubts'),
  barrier_money: answer('doubts'),
  barrier_time: answer('doubts'),
  barrier_location: answer('doubts'),
  barrier_job_gap: answer('doubts'),
  barrier_fear_of_failure: answer('doubts'),
  career_explore: answer('careers'),
  career_describe: answer('careers'),
  career_match: answer('careers'),
  career_salary: answer('careers'),
  career_training: answer('careers'),
  career_no_code: answer('careers'),
  career_demand: answer('careers'),
  career_remote: answer('careers'),
  career_ai: answer('careers'),
  career_reconversion: answer('former_job'),
  programme_about: answer('answers'),
  programme_price: answer('answers'),
  programme_duration: answer('answers'),
  programme_content: answer('answers'),
  programme_format: answer('answers'),
  programme_results: answer('answers'),
  programme_next_step: answer('answers'),
  programme_rights: answer('answers'),
  programme_accommodation: answer('my_needs'),
  role_models: answer('answers'),
  partner_france_travail: answer('answers'),
  partner_apec: answer('answers'),
  sister_leadership: answer('answers'),
  sister_tech_your_place: answer('answers'),
  eligibility_check: flow('eligibility'),
  session_list: answer('sessions'),
  booking_create: { kind: 'flow', dialog: 'booking', includes: 'eligibility' },
  booking_view: answer('my_booking', 'view'),
  booking_cancel: flow('my_booking', 'cancel'),
  booking_reschedule: flow('my_booking', 'move'),
  human_request: way('human'),
  advisor_referral: answer('answers'),
  privacy_info: answer('privacy', 'info'),
  privacy_export: answer('privacy', 'export'),
  privacy_delete: way('erase'),
  feedback: answer('answers'),
  report_discrimination: answer('answers'),
  // Distress never comes this far: it is answered before any routing.
  distress: answer('safety', 'help'),
  abuse: answer('welcome', 'insulted'),
  bot_identity: answer('answers'),
  none: answer('welcome', 'unknown'),
};

/** Intents that are never offered as "did you mean…?". */
export const NEVER_OFFERED: ReadonlySet<Intent> = new Set([
  'greeting',
  'goodbye',
  'thanks',
  'affirm',
  'deny',
  'restart',
  'go_back',
  'repeat',
  'distress',
  'abuse',
  'none',
]);
