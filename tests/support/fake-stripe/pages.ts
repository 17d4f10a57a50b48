import type { Intent } from './ledger.ts';
import { charge, decline, type World } from './payment-intents.ts';

/** Where a bank would ask for a code. */
export function stepPage(intent: Intent): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>3D Secure</title></head><body><main>
<h1>3D Secure</h1><p>${intent.amount} ${intent.currency}</p>
<form method="post"><button name="answer" value="approve">Complete</button>
<button name="answer" value="decline">Fail</button></form></main></body></html>`;
}

/** @returns where the browser goes then, with what Stripe adds to it */
export function answerStep(world: World, intent: Intent, isApproved: boolean): string {
  if (intent.status === 'requires_action') {
    if (isApproved) charge(world, intent);
    else decline(world, intent, 'authentication');
  }
  const address = new URL(intent.return_url!);
  address.searchParams.set('payment_intent', intent.id);
  address.searchParams.set('payment_intent_client_secret', intent.client_secret);
  address.searchParams.set('redirect_status', isApproved ? 'succeeded' : 'failed');
  return address.href;
}
