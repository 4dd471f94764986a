import type {
  ActivityLog,
  Fanout,
  LoggedActivity,
  LoggedConversation,
  StoredUpload,
} from '#shared/activity-log.ts';

interface Kept {
  conversation: LoggedConversation;
  activities: LoggedActivity[];
  lastSeq: number;
  lastAt: number;
}

/** The log of conversations in memory. It keeps its promises; it has no transactions. */
export function createMemoryLog(): ActivityLog {
  const kept = new Map<string, Kept>();
  const uploads = new Map<string, StoredUpload>();
  const change = (id: string, changes: Partial<LoggedConversation>) => {
    const found = kept.get(id);
    if (found) found.conversation = { ...found.conversation, ...changes };
  };
  return {
    async create(conversation) {
      kept.set(conversation.id, { conversation, activities: [], lastSeq: 0, lastAt: 0 });
    },
    find: async (id) => kept.get(id)?.conversation,
    async markStarted(id, start, at) {
      if (kept.get(id)?.conversation.startedAt !== undefined) return false;
      change(id, { ...start, startedAt: at });
      return true;
    },
    async markEnded(id, at) {
      change(id, { endedAt: at });
    },
    async append(id, activities, now) {
      const log = kept.get(id);
      if (!log) throw new TypeError('no such conversation');
      const added = activities.map((activity) => {
        log.lastSeq += 1;
        log.lastAt = Math.max(now.getTime(), log.lastAt + 1);
        const name = `${id}|${String(log.lastSeq).padStart(7, '0')}`;
        const timestamp = new Date(log.lastAt).toISOString();
        const whole = JSON.parse(JSON.stringify({ ...activity, id: name, timestamp }));
        return { seq: log.lastSeq, id: name, timestamp, activity: whole };
      });
      log.activities.push(...added);
      return added;
    },
    async findByClientActivityId(id, clientActivityId) {
      return kept.get(id)?.activities.find(({ activity }) => {
        const data = activity.channelData as { clientActivityID?: unknown } | null | undefined;
        return data?.clientActivityID === clientActivityId;
      });
    },
    async read(id, after, limit) {
      const log = kept.get(id)?.activities ?? [];
      return log.filter(({ seq }) => seq > after).slice(0, limit);
    },
    lastSeq: async (id) => kept.get(id)?.lastSeq ?? 0,
    async saveUpload(upload) {
      uploads.set(upload.id, upload);
    },
    findUpload: async (id) => uploads.get(id),
    async sweep(before) {
      const oldUploads = [...uploads.values()].filter((it) => it.createdAt < before.uploads);
      const old = [...kept].filter(
        ([, it]) =>
          Math.max(it.lastAt, it.conversation.createdAt.getTime()) < before.conversations.getTime(),
      );
      for (const { id } of oldUploads) uploads.delete(id);
      for (const [id] of old) kept.delete(id);
      return { uploads: oldUploads.length, conversations: old.length };
    },
    async forgetUser(userId) {
      for (const log of kept.values()) {
        if (log.conversation.userId === userId) log.activities = [];
      }
    },
  };
}

export function createMemoryFanout(): Fanout {
  const listeners = new Map<string, Set<() => void>>();
  return {
    publish(id) {
      for (const onNews of [...(listeners.get(id) ?? [])]) onNews();
    },
    subscribe(id, onNews) {
      const all = listeners.get(id) ?? new Set();
      listeners.set(id, all.add(onNews));
      return () => all.delete(onNews);
    },
    async close() {
      listeners.clear();
    },
  };
}
