// The same number of resources in cdktf, in memory. It is no dependency: CDKTF names the folder that it was installed in.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { measured } from '../measured.mjs';

const { App, TerraformResource, TerraformStack } = createRequire(join(process.env.CDKTF, 'main.js'))('cdktf');

class Service extends TerraformResource {
  constructor(scope, id) {
    super(scope, id, { terraformResourceType: 'systemd_service' });
  }

  synthesizeAttributes() {
    return { enable: true };
  }
}

measured((size, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'stack');
  for (let i = 0; i < size; i++) new Service(stack, `service${i}`);
  if (process.env.WRITTEN) app.synth();
  else JSON.stringify(stack.toTerraform(), null, 2);
});
