// As many constructs as the fleet has, in cdk8s: N charts of ten objects with twenty values each, written.
import { ApiObject, App, Chart } from 'cdk8s';
import { measured } from '../measured.mjs';

const data = Object.fromEntries(Array.from({ length: 18 }, (_, i) => [`option${i}`, `value ${i}`]));

measured((size, outdir) => {
  const app = new App({ outdir });
  for (let i = 0; i < size; i++) {
    const chart = new Chart(app, `host${i}`);
    for (let n = 0; n < 10; n++) new ApiObject(chart, `feature${n}`, { apiVersion: 'v1', kind: 'ConfigMap', data });
  }
  app.synth();
});
