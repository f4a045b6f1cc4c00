/** What people see, other than the API: the portal and an invoice, as a page or as its PDF. */
export const PAGE = /^\/(p\/session|hosted\/i)\/([^/]+)(\/pdf)?$/;
