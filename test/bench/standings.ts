import { addPeriods, onDay, periodOf } from '#src/domain/civil.ts';
import { importFile, type Place } from './place.ts';

const WORKERS = 3;
const WAGE = 4_500_000;

/**
 * Has every employer of the place declare its workers for the last two months, and two of three pay what they owe: in
 * time and in full, or a part of it.
 *
 * @param today `YYYY-MM-DD`
 */
export async function giveStandings(place: Place, today: string): Promise<void> {
  const last = addPeriods(periodOf(today), -1);
  const periods = [addPeriods(last, -1), last];
  const rosters = ['npp,periode,nik,nama,tgl_lahir,upah,program'];
  const payments = ['npp,jumlah,tanggal_bayar,referensi'];
  for (const [index, { npp }] of place.employers.entries()) {
    for (const period of periods) {
      for (let worker = 0; worker < WORKERS; worker += 1) {
        const nik = `340101010190${String(1 + ((index * WORKERS + worker) % 9_999)).padStart(4, '0')}`;
        rosters.push(`${npp},${period},${nik},Pekerja ${worker},1990-01-01,${WAGE},JKK|JKM|JHT|JP`);
      }
    }
    const paid = index % 3 === 0 ? 0 : WAGE * WORKERS * (index % 3 === 1 ? 1 : 0.1);
    if (paid > 0) payments.push(`${npp},${paid},${onDay(last, 10)},BANK-${index}`);
  }
  await importFile(place.service, place.token, 'rosters', `${rosters.join('\n')}\n`);
  await importFile(place.service, place.token, 'payments', `${payments.join('\n')}\n`);
}
