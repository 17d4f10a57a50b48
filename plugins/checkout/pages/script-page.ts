import { Html, html, type PaymentStep } from 'kontor/sdk';
import { page } from './layout.ts';
import type { Frame } from './view.ts';

type Script = Extract<PaymentStep, { kind: 'script' }>;

/** The one inline script: loads the module of the provider, which is named by its plugin, and hands it to ours. */
export function loader({ module = '' }: Script['data']): string {
  const address = /^\/(?!\/)[\w./-]+$/.test(module) ? module : '';
  return `import * as detail from '${address}'; document.dispatchEvent(new CustomEvent('payment-script', { detail }));`;
}

/** Where a provider's own script asks for the card. What is typed there goes to the provider only. */
export function scriptPage(frame: Frame, input: { data: Script['data']; amount: string }): string {
  const { say } = frame.speech;
  const { data, amount } = input;
  const main = html`
    <div class="message card-box">
      <h1>${say('script.title')}</h1>
      <p>${say('script.text')}</p>
      <noscript><p class="notice notice-bad">${say('script.needed')}</p></noscript>
      <div class="notice notice-bad" role="alert" data-script-problem hidden></div>
      <form data-script="${JSON.stringify(data)}">
        <div class="script-place" data-script-place></div>
        <button class="button button-order" type="submit" disabled>${say('script.pay', { amount })}</button>
      </form>
      <p><a class="back" href="/checkout?step=payment">${say('script.back')}</a></p>
      <script type="module">${new Html(loader(data))}</script>
    </div>`;
  return page(frame, { title: say('script.title'), main });
}
