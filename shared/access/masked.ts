const HIDDEN = '•••';

/** `Kim van Example` → `K••• v••• E•••`. */
export function maskedName(name: string): string {
  return name
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => `${Array.from(word)[0]}${HIDDEN}`)
    .join(' ');
}

/** `kim@mail.example.com` → `k•••@m•••.com`. */
export function maskedMail(address: string): string {
  const [local = '', host = ''] = address.split(/@(?=[^@]*$)/);
  const ending = host.includes('.') ? host.slice(host.lastIndexOf('.')) : '';
  return `${Array.from(local)[0] ?? ''}${HIDDEN}@${Array.from(host)[0] ?? ''}${HIDDEN}${ending}`;
}

/** `+46701234567` → `+46 ••• 67`. */
export function maskedPhone(number: string): string {
  return `${number.slice(0, 3)}\u00a0${HIDDEN}\u00a0${number.slice(-2)}`;
}
