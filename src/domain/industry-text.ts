import type { Language } from './language.ts';
import type { LabourIntensiveIndustry } from './parameters.ts';

const INDUSTRIES: Record<LabourIntensiveIndustry, Record<Language, string>> = {
  food_drink_tobacco: { id: 'makanan, minuman, dan tembakau', en: 'food, drink and tobacco' },
  textile_apparel: { id: 'tekstil dan pakaian jadi', en: 'textile and apparel' },
  leather: { id: 'kulit dan barang kulit', en: 'leather goods' },
  footwear: { id: 'alas kaki', en: 'footwear' },
  toys: { id: 'mainan anak', en: 'toys' },
  furniture: { id: 'furnitur', en: 'furniture' },
};

/** Labour-intensive industries as people read them: `tekstil dan pakaian jadi; alas kaki`. */
export function industriesText(industries: readonly LabourIntensiveIndustry[], language: Language): string {
  return industries.map((industry) => INDUSTRIES[industry][language]).join('; ');
}
