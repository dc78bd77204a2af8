/** A setting cannot be used: a file that is not there, a proxy that is no URL. */
export class SettingFault extends Error {
  override readonly name: 'SettingFault' = 'SettingFault';
}
