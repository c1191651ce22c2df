import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Deps } from './deps.ts';
import { registerFeatures } from './features/index.ts';
import { accessControl } from './http/access.ts';
import { jsonBodies } from './http/bodies.ts';
import { cursors } from './http/cursor.ts';
import { ENDING_MS, ending } from './http/ending.ts';
import { answerFailure, answerUnreadable, failures } from './http/failures.ts';
import { registerOAuth } from './http/oauth/index.ts';
import { observation, requestId } from './http/observation.ts';
import { openApi } from './http/openapi.ts';
import { openEntrance } from './http/overload.ts';
import { rateLimits } from './http/rate-limit.ts';
import { replies } from './http/replies.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Patience } from './http/slow-clients.ts';
import { soundHeads } from './http/sound-heads.ts';
import { strictQueries } from './http/strict-queries.ts';
import { WaitingRoom } from './http/waiting-file.ts';
import { version } from './version.ts';

/** One request body, unless a route says otherwise: 1 MiB. */
const BODY_LIMIT = 1_048_576;

/**
 * The whole service as one Fastify application. Opens nothing: connections, keys and law come with `deps`.
 *
 * @param patience with clients that are slow, where it is not the usual one
 */
export async function buildApp(deps: Deps, patience?: Patience): Promise<FastifyInstance> {
  const entrance = openEntrance(deps.tokens.isVerified, patience);
  const app = Fastify({
    serverFactory: entrance.serverFactory,
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnreadable,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // It holds for hooks as well: those that come after one that takes longer are passed over.
    pluginTimeout: ENDING_MS,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(replies);
  await app.register(entrance.plugin);
  await app.register(ending, entrance);
  await app.register(failures);
  await app.register(securityHeaders);
  await app.register(jsonBodies);
  await app.register(strictQueries);
  await app.register(cursors);
  app.decorate('waitingRoom', new WaitingRoom());
  await app.register(rateLimits, { perMinute: deps.config.RATE_LIMIT_PER_MINUTE });
  await app.register(openApi, { version, docs: deps.config.DOCS === 'on' });
  await app.register(soundHeads);
  await app.register(accessControl, deps);
  await app.register(observation, deps);
  await app.register(registerOAuth, deps);
  await app.register(registerFeatures, deps);
  return app as unknown as FastifyInstance;
}
