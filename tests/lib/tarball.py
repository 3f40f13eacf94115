# SPDX-License-Identifier: MIT
"""The tarball that `make dist` has left in the build folder."""

import glob
import os
import subprocess

import tap


def find():
    found = glob.glob(tap.build_path('nudged-*.tar.xz'))
    tap.equal(len(found), 1, f'tarballs in the build folder, by `make dist`: {found}')
    return found[0]


def name():
    """Of the folder in it: "nudged-1.0.0"."""
    return os.path.basename(find()).removesuffix('.tar.xz')


def unpack(folder):
    """Returns the folder with the sources."""
    result = subprocess.run(['tar', '-C', folder, '--no-same-owner', '-xf', find()], check=False)
    tap.equal(result.returncode, 0, 'the status of tar')
    return os.path.join(folder, name())
