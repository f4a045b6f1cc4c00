import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A working tree of another commit, with its packages. */
export interface ReferenceTree {
  readonly folder: string;
  /** As git abbreviates it. */
  readonly commit: string;
  readonly remove: () => void;
}

/**
 * Checks the commit out beside the project. Packages are hard links of the project's where both lock files are the
 * same, else npm installs them.
 * @throws when git does not know the commit
 */
export function referenceTree(project: string, wanted: string): ReferenceTree {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: project, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--short', '--verify', `${wanted}^{commit}`);
  const parent = mkdtempSync(join(tmpdir(), 'dunlin-versus-'));
  const folder = join(parent, commit);
  git('worktree', 'add', '--detach', folder, commit);
  try {
    installPackages(project, folder);
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, commit, remove };

  function remove(): void {
    git('worktree', 'remove', '--force', folder);
    rmSync(parent, { recursive: true, force: true });
  }
}

function installPackages(project: string, folder: string): void {
  const lock = (tree: string) => readFileSync(join(tree, 'package-lock.json'), 'utf8');
  if (lock(project) === lock(folder)) {
    // Linked and not copied where the file system can: 700 MB.
    const packages = join(project, 'node_modules');
    try {
      execFileSync('cp', ['-al', packages, join(folder, 'node_modules')], { stdio: 'pipe' });
      return;
    } catch {
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    }
  }
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
