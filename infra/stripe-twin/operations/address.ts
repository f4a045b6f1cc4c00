import { clearable, params, text } from '../wire/params.ts';

export const addressParams = () =>
  params({
    city: clearable(text()).optional(),
    country: clearable(text()).optional(),
    line1: clearable(text()).optional(),
    line2: clearable(text()).optional(),
    postal_code: clearable(text()).optional(),
    state: clearable(text()).optional(),
  });
