import { describe, expect, it } from '@jest/globals';
import { Gate } from './gate.js';

describe(Gate, () => {
  it('lets so many in at once, the others in their order, and a place is given back once', async () => {
    const gate = new Gate(2);
    const entered: string[] = [];
    const enter = async (name: string) => {
      const leave = await gate.enter();
      entered.push(name);
      return leave;
    };
    const [leaveFirst] = await Promise.all([enter('first'), enter('second')]);
    const others = [enter('third'), enter('fourth')];
    leaveFirst();
    leaveFirst();
    await others[0];
    expect(entered).toEqual(['first', 'second', 'third']);
    (await others[0]!)();
    await others[1];
    expect(entered).toEqual(['first', 'second', 'third', 'fourth']);
  });
});
