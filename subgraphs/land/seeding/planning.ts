/** What the land-use plan says of land that stays as it is. */
const plans: Readonly<Record<string, string>> = {
  ODT: 'Đất ở đô thị',
  ONT: 'Đất ở nông thôn',
  LUC: 'Đất chuyên trồng lúa',
  LUK: 'Đất trồng lúa còn lại',
  HNK: 'Đất trồng cây hằng năm khác',
  CLN: 'Đất trồng cây lâu năm',
  RSX: 'Đất rừng sản xuất',
  NTS: 'Đất nuôi trồng thủy sản',
  TMD: 'Đất thương mại, dịch vụ',
  SKC: 'Đất cơ sở sản xuất phi nông nghiệp',
  TSC: 'Đất xây dựng trụ sở cơ quan',
  DGD: 'Đất xây dựng cơ sở giáo dục và đào tạo',
  TON: 'Đất tôn giáo',
  DKV: 'Đất sinh hoạt cộng đồng',
}

/** The plan's words for a use; land within a recovery plan is for roads. */
export function planning(use: string, isToBeRecovered: boolean): string {
  return isToBeRecovered ? 'Quy hoạch đất công trình giao thông' : (plans[use] ?? 'Theo hiện trạng sử dụng')
}
