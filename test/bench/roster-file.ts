/** Names, numbers and wages are invented, and the same at every run. */

/** A file of employers as `POST /v1/imports?kind=employers` takes it. */
export function employersFile(count: number): string {
  const lines = ['npp,nib,npwp,nama,jenis,skala,sektor,kelas_jkk,asal_kelas,kbli,kode_wilayah,terdaftar'];
  for (let index = 0; index < count; index += 1) {
    const nib = String(1_000_000_000_000 + index);
    const npwp = String(index + 1).padStart(16, '0');
    lines.push(
      `${nppOf(index)},${nib},${npwp},PT Tolok Ukur ${index},private,medium,general,III,bpjs_decision,31001,34.01,2024-01-02`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A roster of `lines` workers over `employers` employers for one month. */
export function rosterFile(lines: number, employers: number, period: string): string {
  const each = Math.ceil(lines / employers);
  const out = ['npp,periode,nik,nama,tgl_lahir,jenis_kelamin,upah,program'];
  for (let index = 0; index < lines; index += 1) {
    const day = String((index % 28) + 1).padStart(2, '0');
    const month = String((index % 12) + 1).padStart(2, '0');
    const year = 60 + (Math.floor(index / 9999) % 40);
    const serial = String((index % 9999) + 1).padStart(4, '0');
    const wage = 2_500_000 + ((index * 7919) % 6_000_000);
    out.push(
      `${nppOf(Math.floor(index / each))},${period},340101${day}${month}${year}${serial},Pekerja ${index},19${year}-${month}-${day},L,${wage},JKK|JKM|JHT|JP`,
    );
  }
  return `${out.join('\n')}\n`;
}

function nppOf(index: number): string {
  return `TU${String(index).padStart(6, '0')}`;
}
