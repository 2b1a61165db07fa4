export { Backup, type BackupProps } from './backup';
export { Metrics, type MetricsProps } from './metrics';
