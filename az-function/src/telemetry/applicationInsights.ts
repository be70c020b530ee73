/** Hands facts to Application Insights. Heavy: loaded after the first answer, never from the entry. */
import type { TokenCredential } from '@azure/identity';
import { context } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TelemetryClient } from 'applicationinsights';
import { azureCredential, boundedCredential } from '../secrets/azureCredential.ts';
import { dependencyOf, eventOf, metricsOf } from './items.ts';
import type { Noted, TelemetrySink } from './telemetry.ts';
import type { TelemetrySettings } from './telemetrySettings.ts';
import { contextOf, SynchronousContext, timeOf } from './traceContext.ts';

/** What the sink is told about this process. */
export interface SinkOptions {
  readonly settings: TelemetrySettings;
  /** Name of the app, as the host uses it for its own rows. */
  readonly role: string;
  /** Host of Discogs' API, with a port where it has one. */
  readonly target: string;
  /** Credentials of this process, which no text may show. */
  readonly secrets: readonly string[];
}

/** A batch has this long, all in all. The SDK itself would wait for ever, with the batch in memory. */
const SEND_MS = 10_000;

/** Names of variables by which alone the SDK can be told; the third keeps it from looking for a file. */
const QUIET = {
  APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED: 'true',
  APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: '{}',
} as const;

/** An identity that the string does not name is the app's own one. */
function credentialOf({ identity }: TelemetrySettings): { credential: TokenCredential } | undefined {
  if (!identity) return undefined;
  const environment = { ...process.env, AZURE_CLIENT_ID: identity.clientId };
  return { credential: boundedCredential(azureCredential(environment)) };
}

type Policies = NonNullable<
  NonNullable<
    TelemetryClient['config']['azureMonitorOpenTelemetryOptions']['azureMonitorExporterOptions']
  >['additionalPolicies']
>;

/** Ends a request that hangs, the SDK's pauses included, and spells a type as the platform's own tables do. */
const POLICIES: Policies = [
  {
    position: 'perCall',
    policy: {
      name: 'discogs-agent',
      sendRequest: (request, next) => {
        request.abortSignal = AbortSignal.timeout(SEND_MS);
        if (typeof request.body === 'string') {
          // Inside a value the quotes would be escaped.
          request.body = request.body.replaceAll('"type":"Http"', '"type":"HTTP"');
        }
        return next(request);
      },
    },
  },
];

/** Gives an event the time at which it happened; the SDK knows only the one at which it was told. */
const TIMELY: NonNullable<
  TelemetryClient['config']['azureMonitorOpenTelemetryOptions']['logRecordProcessors']
>[number] = {
  onEmit(record, current) {
    const at = timeOf(current);
    if (at === undefined) return;
    const seconds = Math.floor(at / 1000);
    Object.assign(record, { hrTime: [seconds, Math.round((at - seconds * 1000) * 1e6)] });
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

function createClient({ settings, role }: SinkOptions): TelemetryClient {
  for (const [name, value] of Object.entries(QUIET)) process.env[name] = value;
  context.setGlobalContextManager(new SynchronousContext());
  // Providers of its own: the global ones would come with instrumentation of everything.
  const client = new TelemetryClient(settings.connectionString, { useGlobalProviders: false });
  client.config.azureMonitorOpenTelemetryOptions = {
    resource: resourceFromAttributes({ 'service.name': role }),
    logRecordProcessors: [TIMELY],
    azureMonitorExporterOptions: {
      connectionString: settings.connectionString,
      // Discogs' terms and a disk that others read: what cannot be sent is lost.
      disableOfflineStorage: true,
      retryOptions: { maxRetries: 1 },
      additionalPolicies: POLICIES,
      ...credentialOf(settings),
    },
  };
  client.config.samplingPercentage = 100;
  client.initialize();
  return client;
}

/** Makes the sink of this process. Once: the SDK keeps parts of it in global variables. */
export function createApplicationInsights(options: SinkOptions): TelemetrySink {
  const client = createClient(options);

  function track({ fact, secrets }: Noted): void {
    const all = [...options.secrets, ...secrets];
    if (fact.kind === 'attempt') {
      const { method, properties, ...item } = dependencyOf(fact, all);
      client.trackDependency({
        ...item,
        dependencyTypeName: 'HTTP',
        target: options.target,
        time: new Date(fact.startedAt),
        duration: fact.elapsedMs,
        // By this attribute the SDK tells an HTTP call from others; it does not become a dimension.
        properties: { ...properties, 'http.method': method },
      });
      return;
    }
    client.trackEvent(eventOf(fact, all));
    for (const metric of metricsOf(fact)) client.trackMetric(metric);
  }

  return {
    take(noted) {
      for (const each of noted) {
        context.with(contextOf(each.traceParent, each.at), () => track(each));
      }
    },
    flush: () => client.flush(),
  };
}
