"""What can go wrong with a vault without a fault of the program, each with what to do next."""

from kushen_desktop.domain.errors import KushenError
from kushen_desktop.i18n import N_


class VaultError(KushenError):
    """Something about a vault that the user can act on; nothing was written."""

    code = "vault"


class NoVaultError(VaultError):
    """The folder holds no vault, or is not there."""

    code = "no_vault"
    message = N_("There is no vault in “{path}”. Choose the folder that holds the file vault.hdr.")


class VaultExistsError(VaultError):
    """The folder is already a vault or holds something else."""

    code = "vault_exists"
    message = N_("“{path}” is not empty. Choose a new or an empty folder for the vault.")


class WrongPassphraseError(VaultError):
    """No slot opens with what was typed."""

    code = "wrong_passphrase"
    message = N_(
        "This passphrase does not open the vault. Check the caps lock and the input method, "
        "or use the recovery code."
    )


class WrongRecoveryCodeError(VaultError):
    """The code is well written but belongs to another vault or was replaced."""

    code = "wrong_recovery_code"
    message = N_("This recovery code belongs to another vault or was replaced by a newer one.")


class UnlockDelayError(VaultError):
    """Too soon after wrong passphrases; params: seconds, failures."""

    code = "unlock_delay"
    message = N_(
        "Please wait {seconds} s before the next try, after {failures} wrong ones. This slows down people "
        "at this computer, not someone who copied the files."
    )


class WeakPassphraseError(VaultError):
    """The passphrase could be guessed; params: reason (translated)."""

    code = "weak_passphrase"
    message = N_("Please choose a stronger passphrase: {reason}")


class DamagedHeaderError(VaultError):
    """Neither the header nor its copy can be read."""

    code = "damaged_header"
    message = N_(
        "The file “{path}” is damaged, and so is its copy. Restore the vault from a backup; "
        "do not delete the damaged files."
    )


class HeaderChangedError(VaultError):
    """The header is whole but was not written by someone who had the key."""

    code = "header_changed"
    message = N_(
        "The file “{path}” was changed by something other than Kushen. Put back your own copy of it, "
        "or restore the vault from a backup."
    )


class KdfRefusedError(VaultError):
    """The header asks for more (or less) work than any vault of ours does."""

    code = "kdf_refused"
    message = N_(
        "The header of this vault asks for key settings that Kushen never writes. It was not opened; "
        "restore the vault from a backup."
    )


class NewerVaultError(VaultError):
    """The vault was written by a later version; params: version."""

    code = "newer_vault"
    message = N_("This vault was written by a newer Kushen ({version}). Update the program to open it.")


class WrongKeyError(VaultError):
    """The database cannot be read with this vault's key: first page damaged, or a foreign file."""

    code = "database_key"
    message = N_(
        "The database “{path}” does not belong to this vault or its first page is damaged. "
        "Restore the vault from a backup; do not delete the damaged file."
    )


class DamagedVaultError(VaultError):
    """Pages of the database fail their check."""

    code = "damaged_database"
    message = N_(
        "The database “{path}” is damaged. Restore the vault from a backup; do not delete the damaged file."
    )


class ReadOnlyVaultError(VaultError):
    """Folder, file or medium cannot be written."""

    code = "read_only"
    message = N_(
        "“{path}” cannot be written. Copy the vault to a folder of your own, "
        "or change the permissions of this one."
    )


class DiskFullError(VaultError):
    """No room left; what was being saved was not saved."""

    code = "disk_full"
    message = N_("The disk with “{path}” is full. Nothing was changed; free some space and try again.")


class VaultUnreadableError(VaultError):
    """The operating system failed to read or write the file."""

    code = "unreadable"
    message = N_(
        "“{path}” could not be read or written. Check that its disk is connected and healthy, then try again."
    )


class VaultBusyError(VaultError):
    """Another connection is writing and did not finish in time."""

    code = "busy"
    message = N_("The vault is busy with other work. Try again in a moment.")


class VaultInUseError(VaultError):
    """Another program has the vault open; params: path, process."""

    code = "in_use"
    message = N_("“{path}” is already open in another Kushen (process {process}). Close it there first.")


class NotEnoughMemoryError(VaultError):
    """Argon2id could not get its memory; params: size in MiB."""

    code = "not_enough_memory"
    message = N_("Opening this vault takes {size} MiB of free memory. Close other programs and try again.")


class KitUnreadableError(VaultError):
    """The text of the printed kit's QR code is incomplete or something else."""

    code = "kit_unreadable"
    message = N_("This is not the whole text of a Kushen recovery kit. Scan the QR code on it once more.")


class DatabaseMissingError(VaultError):
    """The header is there, the database is not."""

    code = "database_missing"
    message = N_("The database “{path}” is missing. Put it back, or restore the vault from a backup.")


class NotABackupError(VaultError):
    """Some other file."""

    code = "not_a_backup"
    message = N_("“{path}” is not a Kushen backup. Choose a file that ends in .kushen-backup.")


class BackupDamagedError(VaultError):
    """A backup that is not what was written; params: path."""

    code = "backup_damaged"
    message = N_("The backup “{path}” is damaged or was changed. Nothing was restored; use another backup.")


class BackupTooLargeError(VaultError):
    """More than the container holds."""

    code = "backup_too_large"
    message = N_(
        "The vault is larger than the 4 GiB a backup file holds. Copy its folder while it is closed."
    )
