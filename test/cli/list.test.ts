import { expect, it } from 'vitest';
import { cdknix, projectWith } from './support';

const project = `const flake = new cdknix.Flake();
const elitebook = new cdknix.Host(flake, 'elitebook', { system: 'x86_64-linux' });
elitebook.use(features.OpenSsh);
new cdknix.HomeUser(elitebook, 'marcus', { standalone: true }).use(features.Git, features.Shell);
new cdknix.HomeUser(elitebook, 'guest');
const macbook = new cdknix.Host(flake, 'macbook', { system: 'aarch64-darwin' });
new cdknix.HomeUser(macbook, 'marcus').use(features.Git);
new cdknix.HomeUser(flake, 'sam', { system: 'aarch64-linux' }).use(features.Git);
`;

it('shows hosts and homes with their features as a table', async () => {
  const { code, stdout, stderr } = await cdknix(projectWith(project), 'list');
  expect(stdout).toMatchInlineSnapshot(`
    "NAME              KIND        SYSTEM          FEATURES
    elitebook         nixos       x86_64-linux    open-ssh, shell
    marcus@elitebook  user, home  x86_64-linux    git, shell
    guest@elitebook   user        x86_64-linux    -
    macbook           darwin      aarch64-darwin  -
    marcus@macbook    user        aarch64-darwin  git
    sam               home        aarch64-linux   git
    "
  `);
  expect([code, stderr]).toEqual([0, '']);
});

it('shows them as a tree', async () => {
  expect((await cdknix(projectWith(project), 'ls', '--tree')).stdout).toMatchInlineSnapshot(`
    "flake
    ├── elitebook (nixos, x86_64-linux)
    │   ├── open-ssh
    │   ├── shell
    │   ├── marcus (user, home)
    │   │   ├── git
    │   │   └── shell
    │   └── guest (user)
    ├── macbook (darwin, aarch64-darwin)
    │   └── marcus (user)
    │       └── git
    └── sam (home, aarch64-linux)
        └── git
    "
  `);
});

it('shows them as JSON', async () => {
  expect(JSON.parse((await cdknix(projectWith(project), 'list', '--json')).stdout)).toMatchInlineSnapshot(`
    {
      "homes": [
        {
          "configuration": "sam",
          "features": [
            "git",
          ],
          "name": "sam",
          "system": "aarch64-linux",
        },
      ],
      "hosts": [
        {
          "class": "nixos",
          "features": [
            "open-ssh",
            "shell",
          ],
          "name": "elitebook",
          "system": "x86_64-linux",
          "users": [
            {
              "configuration": "marcus@elitebook",
              "features": [
                "git",
                "shell",
              ],
              "name": "marcus",
              "system": "x86_64-linux",
            },
            {
              "features": [],
              "name": "guest",
              "system": "x86_64-linux",
            },
          ],
        },
        {
          "class": "darwin",
          "features": [],
          "name": "macbook",
          "system": "aarch64-darwin",
          "users": [
            {
              "features": [
                "git",
              ],
              "name": "marcus",
              "system": "aarch64-darwin",
            },
          ],
        },
      ],
    }
  `);
});

it('shows an empty flake', async () => {
  const folder = projectWith('new cdknix.Flake();');
  expect((await cdknix(folder, 'list')).stdout).toBe('the flake has no hosts and no users\n');
  expect((await cdknix(folder, 'list', '--tree')).stdout).toBe('flake\n');
});

it('shows what is wrong instead, without a word on what was written', async () => {
  const { code, stdout, stderr } = await cdknix(
    projectWith("new cdknix.Host(new cdknix.Flake(), 'a b', { system: 'x86_64-linux' });"),
    'list',
  );
  expect(stderr).toMatchInlineSnapshot(`
    "error[host-name]: 'a b' is not a host name
      in a b
      at app.js:3:1
      3 | new cdknix.Host(new cdknix.Flake(), 'a b', { system: 'x86_64-linux' });
        | ^
      help: use 1 to 63 letters, digits, "-" and "_", with a letter or digit at both ends; a domain may follow, as in web1.example.org

    1 error
    "
  `);
  expect([code, stdout]).toEqual([1, '']);
});

it('counts what serves all homes among the features of a home of its own, also where it is on a host', async () => {
  const folder = projectWith(`const flake = new cdknix.Flake();
flake.use(function editor(feature) {
  feature.home.set({ programs: { vim: { enable: true } } });
});
const desk = new cdknix.Host(flake, 'desk', { system: 'x86_64-linux' });
new cdknix.HomeUser(desk, 'anna');
new cdknix.HomeUser(desk, 'bob', { standalone: true }).use(features.Git);
new cdknix.HomeUser(flake, 'carol', { system: 'x86_64-linux' });
`);
  expect((await cdknix(folder, 'list')).stdout).toMatchInlineSnapshot(`
    "NAME       KIND        SYSTEM        FEATURES
    desk       nixos       x86_64-linux  editor
    anna@desk  user        x86_64-linux  -
    bob@desk   user, home  x86_64-linux  editor, git
    carol      home        x86_64-linux  editor
    "
  `);
});
