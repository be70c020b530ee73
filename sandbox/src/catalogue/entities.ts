/** Artists and labels with their relations in both directions. */
import type { ArtistFacts, LabelFacts } from '../data/facts.ts';
import type { Artist, Label, Membership } from './model.ts';
import type { Names } from './names.ts';

const hasLeft = (member: string): boolean => member.startsWith('-');
const nameOf = (member: string): string => member.replace(/^-/, '');

export function buildArtists(facts: readonly ArtistFacts[], names: Names): Artist[] {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const groups = new Map<string, Membership[]>();
  for (const fact of facts) {
    for (const alias of fact.aliases ?? []) names.named(alias);
    for (const member of fact.members ?? []) {
      const name = names.named(nameOf(member)).name;
      const membership = { ...names.named(fact.name), active: !hasLeft(member) };
      groups.set(name, [...(groups.get(name) ?? []), membership]);
    }
  }
  return names.all().map(({ id, name }) => {
    const fact = byName.get(name);
    return {
      id,
      name,
      ...(fact?.realname === undefined ? {} : { realname: fact.realname }),
      profile: fact?.profile ?? '',
      urls: fact?.urls ?? [],
      namevariations: fact?.namevariations ?? [],
      aliases: (fact?.aliases ?? []).map((alias) => names.named(alias)),
      members: (fact?.members ?? []).map((member) => ({
        ...names.named(nameOf(member)),
        active: !hasLeft(member),
      })),
      groups: groups.get(name) ?? [],
    };
  });
}

export function buildLabels(facts: readonly LabelFacts[], names: Names): Label[] {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  return names.all().map(({ id, name }) => {
    const fact = byName.get(name);
    return {
      id,
      name,
      ...(fact?.profile === undefined ? {} : { profile: fact.profile }),
      ...(fact?.contact === undefined ? {} : { contact: fact.contact }),
      ...(fact?.parent === undefined ? {} : { parent: names.named(fact.parent) }),
      urls: fact?.urls ?? [],
      sublabels: facts.filter(({ parent }) => parent === name).map((sub) => names.named(sub.name)),
    };
  });
}
