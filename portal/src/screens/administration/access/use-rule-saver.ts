import { useState } from 'react';
import { useClient } from 'urql';
import { useAction } from '../../../api/use-action';
import {
  CreateAccessRuleDocument,
  type RuleFragment,
  RuleSubjectUserDocument,
  UpdateAccessRuleDocument,
} from '../../../generated/graphql';
import { type RuleDraft, ruleInputOf } from './rule-draft';

/** Creates or updates a rule; `save` resolves to the names of the users who gain access, or to undefined if it failed. */
export function useRuleSaver(rule: RuleFragment | undefined) {
  const client = useClient();
  const create = useAction(CreateAccessRuleDocument);
  const update = useAction(UpdateAccessRuleDocument);
  const [isUnknownUser, setUnknownUser] = useState(false);

  const idOf = async (username: string) => {
    const { data } = await client
      .query(RuleSubjectUserDocument, { username }, { requestPolicy: 'network-only' })
      .toPromise();
    return data?.users?.edges[0]?.node.id;
  };
  const save = async (draft: RuleDraft): Promise<readonly string[] | undefined> => {
    const userId = draft.subjectKind === 'USER' ? await idOf(draft.username) : undefined;
    setUnknownUser(draft.subjectKind === 'USER' && userId === undefined);
    if (draft.subjectKind === 'USER' && userId === undefined) return undefined;
    const input = ruleInputOf(draft, userId);
    const answer = rule
      ? (await update.run({ input: { accessRuleId: rule.id, rule: input } }))?.updateAccessRule
      : (await create.run({ input: { rule: input } }))?.createAccessRule;
    return answer?.namesAffected;
  };
  return { save, isUnknownUser, isBusy: create.isBusy || update.isBusy, refusal: create.refusal ?? update.refusal };
}
