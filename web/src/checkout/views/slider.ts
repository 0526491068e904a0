import { html, noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';
import { live } from 'lit/directives/live.js';
import type { Offer } from '../../documents/index.js';
import { withoutIsolates } from '../../text/format.js';
import { minus, plus } from './icons.js';
import { rich } from './text.js';
import type { View } from './view.js';

/** How much of the track is filled, for engines that cannot style it themselves. Only drawn, never said. */
const fill = directive(
  class extends Directive {
    override update({ element }: ElementPart): unknown {
      const range = element as HTMLInputElement;
      const low = Number(range.min);
      const span = Number(range.max) - low;
      range.style.setProperty('--_fill', span > 0 ? String((range.valueAsNumber - low) / span) : '1');
      return noChange;
    }
    render(): unknown {
      return noChange;
    }
  },
);

/** How many points: a number field with its steps, and the same as a slider. */
export function slider(offer: Offer, view: View): unknown {
  const { words, quote, checkout } = view;
  const { on, ruler, isTyping } = view.hands!;
  const steps = offer.steps!;
  ruler.set(steps);
  const chosen = checkout.chosen.find((choice) => choice.reward?.id === offer.id)?.reward?.points ?? steps.best;
  const points = ruler.nearest(chosen);
  const saved = quote?.discounts.find((discount) => discount.source === 'reward' && discount.id === offer.id)?.amount;
  const spoken = saved === undefined ? words.points(points) : words.say('sliderText', { points: words.points(points), amount: words.money(saved) });
  const name = words.name(words.pointsName);
  const label = words.say('pointsToUse', { name });
  return html`
    <div class="points">
      <div class="points-head">
        <label class="points-label" for="points">${rich(label)}</label>
        <div class="stepper">
          <button
            type="button"
            part="step-button"
            class="step"
            aria-label=${withoutIsolates(words.say('fewer', { name }))}
            aria-disabled=${view.fixed || points <= steps.min}
            @click=${() => on.step(-1)}
          >
            ${minus}
          </button>
          <input
            id="points"
            part="number"
            class="number"
            type="number"
            inputmode="numeric"
            min=${steps.min}
            max=${steps.max}
            step="1"
            .value=${isTyping ? noChange : live(String(points))}
            ?disabled=${view.fixed}
            @input=${on.typing}
            @change=${on.typed}
            @blur=${on.leftNumber}
          />
          <button
            type="button"
            part="step-button"
            class="step"
            aria-label=${withoutIsolates(words.say('more', { name }))}
            aria-disabled=${view.fixed || points >= steps.max}
            @click=${() => on.step(1)}
          >
            ${plus}
          </button>
        </div>
      </div>
      <input
        part="slider"
        class="range"
        type="range"
        min=${steps.min}
        max=${steps.max}
        step="1"
        aria-label=${withoutIsolates(label)}
        aria-valuetext=${withoutIsolates(spoken)}
        .value=${live(String(points))}
        ?disabled=${view.fixed}
        ${fill()}
        @pointerdown=${on.press}
        @input=${on.slide}
        @change=${on.slid}
      />
      <div class="ends" aria-hidden="true"><bdi>${rich(words.number(steps.min))}</bdi><bdi>${rich(words.number(steps.max))}</bdi></div>
    </div>
  `;
}
