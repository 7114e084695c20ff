using Rectify.Platform.Journal;

namespace Rectify.Platform.Files;

/// <summary>A record of a kept file to which the journal commits, and whose content can be destroyed.</summary>
public interface IFileRecord : IPartOf
{
    Guid Id { get; }

    /// <summary>SHA-256, 64 small hexadecimal digits.</summary>
    string FileHash { get; }

    /// <summary>64 small hexadecimal digits.</summary>
    string Sm3 { get; }

    /// <summary>Empty: what opens the file's commitment stands encrypted among the openings of its entry. In rows of versions before: those 32 random bytes, until <see cref="EncryptOpenings"/> moves them.</summary>
    byte[] Salt { get; }

    /// <summary>The salt stands elsewhere now, or nowhere.</summary>
    void DropSalt();

    /// <summary>Takes away what the record tells of the content: the file is destroyed. Its hashes, size and type stay.</summary>
    /// <returns>The fields that told it.</returns>
    IReadOnlyList<string> Forget();
}

/// <summary>A room that notes something of kept files or makes something of them, and knows what has to go with a file that is destroyed.</summary>
public interface IForgetFiles
{
    /// <summary>Notes that a file is destroyed; saved with the act.</summary>
    /// <returns>Files that were made of it and go with it.</returns>
    /// <exception cref="Refusal">409: something public shows it, which has to be withdrawn first.</exception>
    Task<IReadOnlyList<string>> ForgetAsync(string hash, DateTimeOffset at, CancellationToken ct);

    /// <summary>Takes away what stands of it beside the database, once the act is saved. Nothing happens if it is gone already.</summary>
    void Destroy(string hash);
}
