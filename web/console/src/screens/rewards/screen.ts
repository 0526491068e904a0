import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { askFirst } from '../../kit/confirm.js';
import { pill } from '../../kit/pills.js';
import { section } from '../../kit/section.js';
import { editing } from '../../rules/editing.js';
import type { EarningRule, Reward, TiersProgram } from '../../rules/model.js';
import { perform } from '../../rules/operations.js';
import { RulesScreen } from '../../rules/rules-screen.js';
import { describeReward } from './describe.js';
import { changeOfReward, KINDS, kindOf, newReward } from './values.js';
import './form.js';
import '../../rules/rules.css';

interface Loaded {
  readonly rewards: readonly Reward[];
  readonly program: TiersProgram;
  readonly rules: readonly EarningRule[];
}

class RewardsScreen extends RulesScreen<Loaded> {
  protected async load(signal: AbortSignal): Promise<Loaded> {
    const { api } = this.context;
    const [{ rewards }, program, { earningRules }] = await Promise.all([
      api.get<{ rewards: readonly Reward[] }>('/loyalty-rewards/v1/rewards', {}, { signal }),
      api.get<TiersProgram>('/loyalty-tiers/v1/tiers/program', {}, { signal }),
      api.get<{ earningRules: readonly EarningRule[] }>('/loyalty-earning-rules/v1/earning-rules/rules', {}, { signal }),
    ]);
    return { rewards, program, rules: earningRules };
  }

  protected has({ rewards }: Loaded, wanted: string): boolean {
    return rewards.some(({ id }) => id === wanted);
  }

  #switch({ id, revision, name, active }: Reward): Promise<void> {
    const request = { reward: { id, revision, name, active: !active } };
    return this.do(id, () => perform(this.context.api, { operation: 'rewards.update', request }), `“${name}” is ${active ? 'not offered any more' : 'offered'}.`);
  }

  async #delete({ id, revision, name, couponReward }: Reward): Promise<void> {
    const text = couponReward
      ? 'Members cannot get it any more. Coupons that they have got for it stay valid.'
      : 'Points cannot be spent on it any more. Checkouts that use it are computed anew without it, and their points come back.';
    if (await askFirst({ title: `Delete “${name}”?`, text, action: 'Delete' })) {
      await this.do(id, () => this.context.api.delete(`/loyalty-rewards/v1/rewards/${id}`, { revision }), `“${name}” is deleted.`);
    }
  }

  /** 100 points for one unit of money: what shops most often begin with. */
  #start({ program }: Loaded): Promise<void> {
    const values = { ...newReward(program, 'flexible'), name: `Pay with ${this.context.pointsName}`.slice(0, 50) };
    const configs = Object.fromEntries(Object.keys(values).flatMap((field) => (field.startsWith('cost_') ? [[field, '100']] : field.startsWith('value_') ? [[field, '1']] : [])));
    return this.do('start', () => perform(this.context.api, changeOfReward(program, { ...values, ...configs }, null)), `Members can now pay with ${this.context.pointsName}.`);
  }

  #row({ program, rules }: Loaded, reward: Reward): TemplateResult {
    const { configs, missing, conditions, estimate, others } = describeReward(this.context, program, rules, reward);
    const isBusy = this.doing.busy === reward.id;
    const kind = kindOf(reward);
    return html`
      <tr>
        <th scope="row"><a href="#/rewards/${reward.id}">${reward.name}</a><span class="sub">${KINDS.find(([one]) => one === kind)![1]}</span></th>
        <td data-label="Members get"><div>
          ${configs.length === 0 ? html`<p>Nobody: all tiers it was for are gone.</p>` : configs.map((text) => html`<p>${text}</p>`)}
          ${missing ? html`<p class="sub">${missing}</p>` : nothing} ${conditions.map((text) => html`<p class="sub">${text}</p>`)}
        </div></td>
        <td data-label="Gives back"><div>
          <p>${estimate ?? 'Not known: no active way to earn gives points for money spent.'}</p>
          ${others.map((text) => html`<p class="sub">${text}</p>`)}
        </div></td>
        <td data-label="Status">${reward.active ? pill('good', 'Offered') : pill('off', 'Not offered')}</td>
        <td data-label="Actions" class="row-actions">
          <button type="button" class="button" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#switch(reward)}>${reward.active ? 'Stop' : 'Offer'}<span class="hidden"> ${reward.name}</span></button>
          <button type="button" class="button quiet" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#delete(reward)}>Delete<span class="hidden"> ${reward.name}</span></button>
        </td>
      </tr>
    `;
  }

  #list(loaded: Loaded): TemplateResult {
    if (loaded.rewards.length === 0) {
      return html`${this.doing.view()}
        <div class="empty">
          <p><b>Members have nothing to spend ${this.context.pointsName} on yet.</b> Points as money is what most shops begin with.</p>
          <div class="buttons">
            <button type="button" class="button primary" @click=${() => void this.#start(loaded)}>Start with ${this.context.points(100)} for ${this.context.amount('1')}</button>
            <a class="button" href="#/rewards/new?kind=fixed">Offer a coupon</a>
            <a class="button" href="#/rewards/new?kind=shipping">Offer free shipping</a>
          </div>
        </div>`;
    }
    return html`
      ${this.doing.view()}
      <div class="table-frame"><table class="table stacks">
        <caption class="hidden">Rewards</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">Members get</th><th scope="col">Gives back</th><th scope="col">Status</th><th scope="col">Actions</th></tr></thead>
        <tbody>${[...loaded.rewards].sort((one, other) => Number(other.active) - Number(one.active)).map((reward) => this.#row(loaded, reward))}</tbody>
      </table></div>
    `;
  }

  #editor(loaded: Loaded): unknown {
    const [id] = this.path;
    const reward = loaded.rewards.find((one) => one.id === id) ?? null;
    return id !== 'new' && reward === null
      ? this.missing('reward', 'rewards', 'All rewards')
      : keyed(id, html`<console-reward-form .context=${this.context} .program=${loaded.program} .rules=${loaded.rules} .entity=${reward} .start=${this.query.get('kind')}></console-reward-form>`);
  }

  protected override render(): unknown {
    const [id] = this.path;
    if (id !== undefined) {
      const reward = this.all.value?.rewards.find((one) => one.id === id);
      return editing(this.all, { title: id === 'new' ? 'A new reward' : 'Change a reward', heading: reward?.name ?? 'What members get', back: ['rewards', 'All rewards'] }, (value) => this.#editor(value));
    }
    return html`
      <div class="screen-head"><h1>Rewards</h1><a class="button primary" href="#/rewards/new">Add a reward</a></div>
      ${section(
        this.all,
        { heading: 'What members get for points', lines: 8, intro: '“Gives back” is an estimate by the active ways to earn: what of the money spent comes back to a member who spends all points on this reward.' },
        (value) => this.#list(value),
      )}
    `;
  }
}
customElements.define('console-rewards', RewardsScreen);
