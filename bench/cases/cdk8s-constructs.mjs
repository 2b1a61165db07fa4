// The same number of constructs in cdk8s, in memory.
import { ApiObject, Chart, Testing } from 'cdk8s';
import { measured } from '../measured.mjs';

measured((size) => {
  const app = Testing.app();
  const chart = new Chart(app, 'chart');
  for (let i = 0; i < size; i++) {
    new ApiObject(chart, `object${i}`, { apiVersion: 'v1', kind: 'ConfigMap', data: { enable: 'true' } });
  }
  Testing.synth(chart);
});
