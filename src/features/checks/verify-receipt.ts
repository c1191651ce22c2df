import { z } from 'zod';
import type { UseCase } from '#src/http/routes.ts';
import { Receipt } from './check.ts';

const ReceiptVerification = z
  .object({
    valid: z.boolean(),
    reason: z
      .enum(['malformed', 'wrong_type', 'unknown_key', 'bad_signature'])
      .optional()
      .meta({ description: 'Why it is not valid' }),
    payload: z.record(z.string().max(100), z.unknown()).optional().meta({ description: 'What was signed' }),
  })
  .meta({ id: 'ReceiptVerification' });

export const verifyReceipt: UseCase = (app, deps) => {
  app.post(
    '/v1/receipts/verify',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'verifyReceipt',
        tags: ['checks'],
        summary: 'Verify a receipt: anyone who holds one may; the signature alone is the proof',
        body: z.strictObject({ receipt: Receipt }).meta({ id: 'ReceiptVerify' }),
        response: { 200: ReceiptVerification },
      },
    },
    async (request) => deps.keys.verifyReceipt(request.body.receipt),
  );
};
