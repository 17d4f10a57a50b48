import type { DefaultPageKey, PolicyHandle } from 'kontor/sdk';

/** Which page is which policy, in the order they are listed. */
export const POLICY_KEYS: Readonly<Record<PolicyHandle, DefaultPageKey>> = {
  'refund-policy': 'returns',
  'privacy-policy': 'privacy',
  'terms-of-service': 'terms',
  'shipping-policy': 'shipping',
  'legal-notice': 'legal-notice',
};
