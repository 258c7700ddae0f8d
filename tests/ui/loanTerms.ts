// A product as the branch tells it, for screens that ask for its terms.

const limits = (least: unknown, usual: unknown, most: unknown) => ({ least, usual, most });
export const product = (productId: number, usualMinor: number) => ({
  productId,
  name: `Product ${String(productId)}`,
  currency: { code: 'KES', decimals: 2 },
  principal: limits(100_000, usualMinor, 10_000_000),
  installments: limits(1, 12, 60),
  rate: limits('1', '12.5', '30'),
  ratePer: 'years',
  every: 1,
  unit: 'months',
});
