import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type FileListing, type ListOptions, listFiles } from './index.ts';

const folders: string[] = [];

afterEach(() => {
  // Node's own rm cannot remove a path that is longer than the system allows.
  for (const folder of folders.splice(0)) execFileSync('rm', ['-rf', '--', folder]);
});

describe('in a git work tree', () => {
  test('what is tracked or untracked is listed, what is ignored is not', async () => {
    const tree = repository({
      '.gitignore': 'out/\n*.tmp.yaml\n',
      'a.yaml': 'a',
      'out/b.yaml': '',
      'c.tmp.yaml': '',
      'd/e.yaml': 'ee',
    });
    git(tree, 'add', 'a.yaml');
    expect(await list(tree)).toEqual({ files: ['.gitignore', 'a.yaml', 'd/e.yaml'], skipped: [] });
    expect((await listFiles(['.'], { cwd: tree })).files).toContainEqual({
      path: 'd/e.yaml',
      size: 2,
    });
  });

  test('a nested .gitignore and .git/info/exclude count', async () => {
    const tree = repository({
      'a/.gitignore': '/b.yaml\n',
      'a/b.yaml': '',
      'c.yaml': '',
      'd.yaml': '',
    });
    writeFileSync(join(tree, '.git/info/exclude'), 'c.yaml\n');
    expect(await list(tree)).toEqual({ files: ['a/.gitignore', 'd.yaml'], skipped: [] });
  });

  test('a tracked file that is gone from disk is not listed', async () => {
    const tree = repository({ 'a.yaml': '', 'b.yaml': '' });
    git(tree, 'add', '.');
    rmSync(join(tree, 'a.yaml'));
    expect(await list(tree)).toEqual({ files: ['b.yaml'], skipped: [] });
  });

  test('a file in the middle of a merge conflict is listed once', async () => {
    const tree = repository({ 'a.yaml': '0' });
    git(tree, 'add', '.');
    git(tree, 'commit', '-qm', '0');
    git(tree, 'branch', 'other');
    commit(tree, 'a.yaml', '1');
    git(tree, 'checkout', '-q', 'other');
    commit(tree, 'a.yaml', '2');
    expect(() => git(tree, 'merge', 'main')).toThrow();
    expect(await list(tree)).toEqual({ files: ['a.yaml'], skipped: [] });
  });

  test('a folder inside it is listed from there', async () => {
    const tree = repository({
      '.gitignore': 'no.yaml\n',
      'k8s/a.yaml': '',
      'k8s/no.yaml': '',
      'b.yaml': '',
    });
    expect(await list(tree, ['k8s'])).toEqual({ files: ['k8s/a.yaml'], skipped: [] });
    expect(await list(join(tree, 'k8s'), ['..'])).toEqual({
      files: ['../.gitignore', '../b.yaml', '../k8s/a.yaml'],
      skipped: [],
    });
  });

  test('a folder that is ignored itself is read when it is named', async () => {
    const tree = repository({
      '.gitignore': 'out/\n',
      'out/a/b.yaml': '',
      'out/vendor/c.yaml': '',
    });
    expect(await list(tree, ['out'])).toEqual({ files: ['out/a/b.yaml'], skipped: [] });
  });

  test('skipped folders are skipped even where they are tracked', async () => {
    const tree = repository(skippable);
    git(tree, 'add', '-f', '.');
    expect(await list(tree)).toEqual({ files: ['src/a.yaml', 'vendor.yaml'], skipped: [] });
    expect(await list(tree, ['vendor'])).toEqual({ files: ['vendor/a.yaml'], skipped: [] });
  });

  test('without ignore rules everything is listed', async () => {
    const tree = repository({ '.gitignore': 'out/\n', 'out/a.yaml': '', 'vendor/b.yaml': '' });
    const { files } = await list(tree, ['.'], { ignore: false, extensions: ['.yaml'] });
    expect(files).toEqual(['out/a.yaml', 'vendor/b.yaml']);
  });

  test('submodules and other repositories inside are not entered and are said', async () => {
    const inner = repository({ 'i.yaml': '' });
    git(inner, 'add', '.');
    git(inner, 'commit', '-qm', 'i');
    const tree = repository({ 'a.yaml': '', 'nested/b.yaml': '' });
    git(join(tree, 'nested'), 'init', '-q');
    git(tree, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    const { files, skipped } = await list(tree);
    expect(files).toEqual(['.gitmodules', 'a.yaml']);
    expect(skipped).toEqual(['repository nested', 'repository sub']);
    expect(await list(tree, ['sub'])).toEqual({ files: ['sub/i.yaml'], skipped: [] });
  });

  test('a bare repository and the inside of .git are plain folders', async () => {
    const bare = folder({ 'a.yaml': '' });
    git(bare, 'init', '-q', '--bare');
    expect((await list(bare, ['.'], { extensions: ['.yaml'] })).files).toEqual(['a.yaml']);
    const tree = repository({});
    writeFileSync(join(tree, '.git/x.yaml'), '');
    expect((await list(tree, ['.git'], { extensions: ['.yaml'] })).files).toEqual(['.git/x.yaml']);
  });
});

describe('a hostile repository', () => {
  test('starts no program', async () => {
    const tree = repository({
      'a.yaml': '',
      'evil.sh': `#!/bin/sh\ntouch "$(dirname "$0")/ran"\n`,
    });
    chmodSync(join(tree, 'evil.sh'), 0o755);
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'alias.ls-files',
    ]) {
      git(tree, 'config', key, join(tree, 'evil.sh'));
    }
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'query-watchman']) {
      writeFileSync(join(tree, '.git/hooks', hook), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
    }
    expect(await list(tree)).toEqual({ files: ['a.yaml', 'evil.sh'], skipped: [] });
    expect(readdirSync(tree)).toEqual(['.git', 'a.yaml', 'evil.sh']);
    expect(readdirSync(join(tree, '.git'))).not.toContain('ran');
  });

  test('whose work tree lies elsewhere shows nothing of there', async () => {
    const elsewhere = folder({ 'secret.yaml': '' });
    const tree = repository({ 'a.yaml': '' });
    git(tree, 'config', 'core.worktree', elsewhere);
    expect((await list(tree)).files).toEqual(['a.yaml']);
  });

  test('whose index is broken is walked, and that is said', async () => {
    const tree = repository({ 'a.yaml': '', '.gitignore': 'a.yaml' });
    writeFileSync(join(tree, '.git/index'), 'nonsense');
    const { files, skipped } = await listFiles([tree]);
    expect(files.map(({ path }) => path)).toEqual([`${tree}/.gitignore`, `${tree}/a.yaml`]);
    expect(skipped).toMatchObject([{ path: tree, code: 'git-failed' }]);
    expect(skipped[0]?.message).toMatch(/files that it ignores are listed too$/);
  });

  test('with a tracked folder that became a link shows nothing of its target', async () => {
    const elsewhere = folder({ 'a.yaml': 'secret' });
    const tree = repository({ 'd/a.yaml': '' });
    git(tree, 'add', '.');
    rmSync(join(tree, 'd'), { recursive: true });
    symlinkSync(elsewhere, join(tree, 'd'));
    expect(await list(tree)).toEqual({ files: [], skipped: ['symlink d'] });
  });

  test('the variables that git sets for its hooks do not lead to another repository', async () => {
    const other = repository({ 'other.yaml': '' });
    const tree = repository({ 'a.yaml': '' });
    const program = `import { listFiles } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      console.log(JSON.stringify((await listFiles(['.'])).files));`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: tree,
      env: {
        ...process.env,
        GIT_DIR: join(other, '.git'),
        GIT_WORK_TREE: other,
        GIT_INDEX_FILE: 'x',
      },
    });
    expect(JSON.parse(String(answer))).toEqual([{ path: 'a.yaml', size: 0 }]);
  });
});

describe('where git has no say', () => {
  test('a plain folder is walked without the skipped folders', async () => {
    const tree = folder({ ...skippable, '.hidden/b.yaml': '' });
    expect(await list(tree)).toEqual({
      files: ['.hidden/b.yaml', 'src/a.yaml', 'vendor.yaml'],
      skipped: [],
    });
    expect((await list(tree, ['.'], { ignore: false })).files).toHaveLength(7);
  });

  test('without the program git a work tree is walked, and that is said', async () => {
    const tree = repository({ 'a.yaml': '' });
    const plain = folder({ 'b.yaml': '' });
    const program = `import { listFiles } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      console.log(JSON.stringify(await listFiles(${JSON.stringify([tree, plain])})));`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: '/nowhere' },
    });
    const { files, skipped } = JSON.parse(String(answer)) as FileListing;
    expect(files.map(({ path }) => path).sort()).toEqual(
      [`${tree}/a.yaml`, `${plain}/b.yaml`].sort(),
    );
    expect(skipped).toMatchObject([{ path: tree, code: 'git-failed' }]);
    expect(skipped[0]?.message).toContain('there is no program git on PATH');
  });

  test('a folder that cannot be listed is said, and the rest is listed', async () => {
    const tree = folder({ 'a.yaml': '' });
    const name = 'n'.repeat(200);
    const deep = `for (let i = 0; i < 22; i++) { fs.mkdirSync('${name}'); process.chdir('${name}'); }`;
    execFileSync(process.execPath, ['-e', deep], { cwd: tree });
    const { files, skipped } = await list(tree);
    expect(files).toEqual(['a.yaml']);
    expect(skipped).toHaveLength(1);
    expect(skipped[0]).toMatch(/^unreadable n+/);
  });
});

describe('paths that are named', () => {
  test('a file is listed whatever its ending, size, kind or ignore rules', async () => {
    const tree = repository({ '.gitignore': '*\n', 'vendor/notes.txt': 'long', real: '' });
    symlinkSync('real', join(tree, 'link'));
    const options = { extensions: ['.yaml'], maxBytes: 1 };
    const { files, skipped } = await list(tree, ['vendor/notes.txt', 'link', '/dev/null'], options);
    expect(files).toEqual(['/dev/null', 'link', 'vendor/notes.txt']);
    expect(skipped).toEqual([]);
  });

  test('what does not exist is said', async () => {
    const tree = folder({ 'a.yaml': '' });
    expect(await list(tree, ['nope', 'a.yaml', 'a.yaml/b'])).toEqual({
      files: ['a.yaml'],
      skipped: ['missing a.yaml/b', 'missing nope'],
    });
  });

  test('a file that is reached in several ways is listed once, as it was first written', async () => {
    const tree = repository({ 'k/a.yaml': '' });
    symlinkSync('k', join(tree, 'l'));
    const paths = ['./k//', 'k/a.yaml', '.', 'l', join(tree, 'k'), 'l/a.yaml'];
    expect((await list(tree, paths)).files).toEqual(['k/a.yaml']);
  });

  test('a linked folder is listed when it is named', async () => {
    const elsewhere = folder({ 'a.yaml': '' });
    const tree = repository({});
    symlinkSync(elsewhere, join(tree, 'l'));
    expect((await list(tree, ['l'])).files).toEqual(['l/a.yaml']);
  });
});

describe('inside a folder', () => {
  test.each([repository, folder])(
    'links are not followed, and those out of it are said (%o)',
    async (make) => {
      const elsewhere = folder({ 'x.yaml': '' });
      const tree = make({ 'a.yaml': '' });
      symlinkSync('a.yaml', join(tree, 'inside.yaml'));
      symlinkSync('.', join(tree, 'loop'));
      symlinkSync(elsewhere, join(tree, 'out'));
      symlinkSync(join(elsewhere, 'x.yaml'), join(tree, 'out.yaml'));
      symlinkSync('/dev/zero', join(tree, 'zero'));
      symlinkSync('nothing', join(tree, 'broken.yaml'));
      expect(await list(tree, ['.'], { extensions: ['.yaml'] })).toEqual({
        files: ['a.yaml'],
        skipped: ['symlink broken.yaml', 'symlink out', 'symlink out.yaml'],
      });
    },
  );

  test('a pipe is said and never opened', async () => {
    const tree = folder({});
    execFileSync('mkfifo', [join(tree, 'p.yaml')]);
    expect(await list(tree)).toEqual({ files: [], skipped: ['not-a-file p.yaml'] });
  });

  test('endings select, in any case', async () => {
    const tree = repository({ 'a.YAML': '', 'b.yml': '', 'c.txt': '', yaml: '' });
    const { files } = await list(tree, ['.'], { extensions: ['.yaml', '.yml'] });
    expect(files).toEqual(['a.YAML', 'b.yml']);
  });

  test('a file above the limit is said with its size, one at the limit is listed', async () => {
    const tree = folder({ 'a.yaml': '12345', 'b.yaml': '1234' });
    const { files, skipped } = await listFiles(['.'], { cwd: tree, maxBytes: 4 });
    expect(files).toEqual([{ path: 'b.yaml', size: 4 }]);
    expect(skipped).toMatchObject([{ path: 'a.yaml', code: 'too-large' }]);
    expect(skipped[0]?.message).toContain('it has 5 bytes, more than 4');
  });

  test.each([repository, folder])('names may hold anything (%o)', async (make) => {
    const names = [
      'a\nb.yaml',
      ' .yaml',
      '-n.yaml',
      '"q".yaml',
      "'.yaml",
      'ü.yaml',
      'é.yaml',
      '\u001b[31m.yaml',
      '$(x).yaml',
      '*.yaml',
      '\\.yaml',
      '#.yaml',
      ':(top).yaml',
    ];
    const tree = make(Object.fromEntries(names.map((name) => [name, ''])));
    expect((await list(tree)).files).toEqual([...names].sort());
  });

  test.each([repository, folder])('a name that is no text is said (%o)', async (make) => {
    const tree = make({ 'a.yaml': '' });
    writeFileSync(
      Buffer.concat([Buffer.from(`${tree}/`), Buffer.from([0xff]), Buffer.from('.yaml')]),
      '',
    );
    const { files, skipped } = await list(tree);
    expect(files).toEqual(['a.yaml']);
    expect(skipped).toEqual(['unreadable \uFFFD.yaml']);
  });

  test('an empty folder has nothing', async () => {
    expect(await list(repository({}))).toEqual({ files: [], skipped: [] });
    expect(await list(folder({}))).toEqual({ files: [], skipped: [] });
  });
});

const skippable: Readonly<Record<string, string>> = {
  'src/a.yaml': '',
  'vendor.yaml': '',
  'vendor/a.yaml': '',
  'src/node_modules/x/a.yaml': '',
  'src/.terraform/a.yaml': '',
  'deep/er/vendor/a.yaml': '',
};

async function list(
  cwd: string,
  paths: readonly string[] = ['.'],
  options: ListOptions = {},
): Promise<{ files: string[]; skipped: string[] }> {
  const { files, skipped } = await listFiles(paths, { cwd, ...options });
  return {
    files: files.map(({ path }) => path),
    skipped: skipped.map(({ code, path }) => `${code} ${path}`),
  };
}

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'pindrift-forge-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function repository(files: Readonly<Record<string, string>>): string {
  const root = folder(files);
  git(root, 'init', '-q', '-b', 'main');
  return root;
}

function commit(tree: string, file: string, text: string): void {
  writeFileSync(join(tree, file), text);
  git(tree, 'commit', '-qam', text);
}

function git(cwd: string, ...command: readonly string[]): void {
  const identity = [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  execFileSync('git', [...identity, ...command], { cwd, stdio: 'pipe' });
}
