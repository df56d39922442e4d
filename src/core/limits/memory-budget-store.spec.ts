import { describeBudgetStore } from '../../../test/contracts/budget-store.contract.js';
import { MemoryBudgetStore } from './memory-budget-store.js';

describe('MemoryBudgetStore', () => {
  describeBudgetStore(() => new MemoryBudgetStore());
});
