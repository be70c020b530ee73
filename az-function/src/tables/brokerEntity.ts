/** The broker's rows as entities: texts as they are, times as texts that sort like numbers, nothing for null. */
import type {
  DeviceSession,
  SessionStatus,
  StoredRequestToken,
  ThrottleCount,
} from '@discogs-agent/core/broker';
import { fromTime, toTime } from './answerEntity.ts';
import { digestOf, type Entity, type Properties } from './brokerPartition.ts';

const textOrNull = (entity: Entity, name: string): string | null => {
  const value = entity[name];
  return typeof value === 'string' ? value : null;
};

const timeOrNull = (entity: Entity, name: string): number | null =>
  entity[name] === undefined ? null : fromTime(entity[name]);

/** A row that somebody else has written by hand is no row of ours. */
function required<T>(value: T | null, name: string): T {
  if (value === null) throw new TypeError(`a row of the broker without ${name}`);
  return value;
}

const text = (entity: Entity, name: string): string => required(textOrNull(entity, name), name);
const time = (entity: Entity, name: string): number => required(timeOrNull(entity, name), name);

const STATUSES: readonly SessionStatus[] = ['pending', 'authorized', 'finalized', 'expired'];

/** Leaves out what is null, which a replaced entity then has no more. */
function present(properties: Readonly<Record<string, string | number | null>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

const timeText = (seconds: number | null): string | null => (seconds === null ? null : toTime(seconds));

/** When nobody can use the session any more. */
const endOf = ({ status, expiresAt, sessionExpiresAt }: DeviceSession): number =>
  status === 'finalized' ? (sessionExpiresAt ?? 0) : expiresAt;

/** As it is written. `overAt` is what the sweep asks for. */
export const sessionProperties = (session: DeviceSession): Properties =>
  present({
    deviceId: session.deviceId,
    pendingToken: session.pendingToken,
    status: session.status,
    pollIntervalSeconds: session.pollIntervalSeconds,
    createdAt: toTime(session.createdAt),
    updatedAt: toTime(session.updatedAt),
    expiresAt: toTime(session.expiresAt),
    authorizedAt: timeText(session.authorizedAt),
    accessToken: session.accessToken,
    sealedSecret: session.sealedSecret,
    identity: session.identity,
    linkedBy: session.linkedBy,
    sessionTokenHash: session.sessionTokenHash,
    sessionExpiresAt: timeText(session.sessionExpiresAt),
    finalizedAt: timeText(session.finalizedAt),
    overAt: toTime(endOf(session)),
  });

/** Throws for what is no session. */
export function readSession(entity: Entity): DeviceSession {
  const status = STATUSES.find((known) => known === entity['status']) ?? null;
  return {
    deviceId: text(entity, 'deviceId'),
    pendingToken: text(entity, 'pendingToken'),
    status: required(status, 'status'),
    pollIntervalSeconds: Number(entity['pollIntervalSeconds']),
    createdAt: time(entity, 'createdAt'),
    updatedAt: time(entity, 'updatedAt'),
    expiresAt: time(entity, 'expiresAt'),
    authorizedAt: timeOrNull(entity, 'authorizedAt'),
    accessToken: textOrNull(entity, 'accessToken'),
    sealedSecret: textOrNull(entity, 'sealedSecret'),
    identity: textOrNull(entity, 'identity'),
    linkedBy: textOrNull(entity, 'linkedBy'),
    sessionTokenHash: textOrNull(entity, 'sessionTokenHash'),
    sessionExpiresAt: timeOrNull(entity, 'sessionExpiresAt'),
    finalizedAt: timeOrNull(entity, 'finalizedAt'),
  };
}

/** `device` finds all of one device: a filter takes no id that may be any text. */
export const requestTokenProperties = (token: StoredRequestToken): Properties => ({
  oauthToken: token.oauthToken,
  sealedSecret: token.sealedSecret,
  deviceId: token.deviceId,
  device: digestOf(token.deviceId),
  pendingToken: token.pendingToken,
  createdAt: toTime(token.createdAt),
  overAt: toTime(token.expiresAt),
});

/** Throws for what is no request token. */
export const readRequestToken = (entity: Entity): StoredRequestToken => ({
  oauthToken: text(entity, 'oauthToken'),
  sealedSecret: text(entity, 'sealedSecret'),
  deviceId: text(entity, 'deviceId'),
  pendingToken: text(entity, 'pendingToken'),
  createdAt: time(entity, 'createdAt'),
  expiresAt: time(entity, 'overAt'),
});

export const counterProperties = ({ hits, resetsAt }: ThrottleCount): Properties => ({
  hits,
  overAt: toTime(resetsAt),
});

/** Throws for what is no counter. */
export const readCounter = (entity: Entity): ThrottleCount => ({
  hits: Number(entity['hits']),
  resetsAt: time(entity, 'overAt'),
});
