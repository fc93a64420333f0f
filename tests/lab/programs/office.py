"""Work with files of a share as programs of a practice do: ``office WORK SERVER FILE…``."""

import io
import sys
import zipfile
from collections.abc import Callable, Sequence

from tests.lab.papers import letter, mesh, photo, sealed, table
from tests.lab.programs.shared_folder import SharedFolder

Work = Callable[[SharedFolder, Sequence[str]], None]

_PAGE = 1024


def save_documents(share: SharedFolder, files: Sequence[str]) -> None:
    """Save each as office programs do: a new one beside it, the old one away, the new one there."""
    for number, path in enumerate(files):
        share.read(path)
        folder, _, name = path.rpartition("/")
        share.make(f"{folder}/~${name[2:]}", b"\x05admin" + bytes(150))
        share.make(f"{folder}/~WRD{number:04}.tmp", letter(number + 100, path))
        share.rename(path, f"{folder}/~WRL{number:04}.tmp")
        share.rename(f"{folder}/~WRD{number:04}.tmp", path)
        share.delete(f"{folder}/~WRL{number:04}.tmp")
        share.delete(f"{folder}/~${name[2:]}")


def edit_photos(share: SharedFolder, files: Sequence[str]) -> None:
    """Turn each: read it, and write it anew under its own name, over what was there."""
    for number, path in enumerate(files):
        share.read(path)
        share.make(path, photo(number + 500, 1400))


def import_images(share: SharedFolder, files: Sequence[str]) -> None:
    """Copy photos from a camera's card, with the small pictures of them."""
    for number in range(14):
        share.make(f"photos/DSC{number:05}.JPG", photo(number, 1200))
        share.make(f"photos/DSC{number:05}.thm", photo(number + 1000, 700))


def save_meshes(share: SharedFolder, files: Sequence[str]) -> None:
    """Save scan after scan of a 3D scanner, packed, each first under another name."""
    for number in range(14):
        share.make(f"scans/scan{number}.part", mesh(number, 1200))
        share.rename(f"scans/scan{number}.part", f"scans/scan{number}.3oxz")


def zip_folder(share: SharedFolder, files: Sequence[str]) -> None:
    """Read all, and write one archive beside; then delete what is in it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.writestr(path, share.read(path))
    share.make("dossiers/archive.zip", whole.getvalue())
    for path in files:
        share.delete(path)


def back_up(share: SharedFolder, files: Sequence[str]) -> None:
    """Read all, write encrypted archives, and delete the oldest ones."""
    for path in files:
        if not path.endswith(".vbk"):
            share.read(path)
    for number in range(3):
        share.make(f"sauvegarde/lot{number}.vbk", sealed(number, 9000))
    for path in files:
        if path.endswith(".vbk"):
            share.delete(path)


def tidy_up(share: SharedFolder, files: Sequence[str]) -> None:
    """Number images, and mark letters as dealt with."""
    for number, path in enumerate(files):
        folder, _, name = path.rpartition("/")
        if name.endswith(".jpg"):
            share.rename(path, f"{folder}/image-{number:04}.jpg")
        else:
            share.rename(path, f"{path}.done")


def use_database(share: SharedFolder, files: Sequence[str]) -> None:
    """Read and write pages of databases in place, as programs do all day."""

    def pages(file: int) -> None:
        for number in (0, 3, 1, 3, 5, 2, 4, 3):
            share.read_at(file, number * _PAGE, _PAGE)
            share.write_at(file, number * _PAGE, table(number + 50, _PAGE))

    for path in files:
        share.change(path, pages)


WORKS: dict[str, Work] = {
    work.__name__: work
    for work in (
        *(save_documents, edit_photos, import_images, save_meshes, zip_folder, back_up),
        *(tidy_up, use_database),
    )
}


def main(work: str, server: str, *files: str) -> None:
    WORKS[work](SharedFolder(server), files)


if __name__ == "__main__":
    main(*sys.argv[1:])
