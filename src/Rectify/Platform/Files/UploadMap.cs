using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Platform.Files;

internal sealed class UploadMap : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> upload)
    {
        upload.Property(u => u.Id).ValueGeneratedNever();
        upload.Property(u => u.FileName).HasMaxLength(200);
        upload.Property(u => u.Metadata).HasMaxLength(2_000);
        upload.Property(u => u.FileHash).HasMaxLength(64);
        upload.Property(u => u.Sm3).HasMaxLength(64);
        upload.Property(u => u.Offset).IsConcurrencyToken();
        upload.Ignore(u => u.Kept);
        upload.HasIndex(u => u.ExpiresAt);
        upload.HasIndex(u => u.Owner);
        upload.HasIndex(u => u.FileHash);
    }
}

internal static class UploadTables
{
    /// <summary>What every column is called that holds the SHA-256 of a kept file, in every room.</summary>
    public const string Column = "FileHash";

    private static readonly MethodInfo Records = typeof(UploadTables).GetMethod(nameof(RecordsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo Names = typeof(UploadTables).GetMethod(nameof(NamesAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    extension(Db db)
    {
        /// <summary>One's own uploads.</summary>
        public IQueryable<Upload> UploadsOf(Actor owner) => db.Set<Upload>().Where(upload => upload.Owner == owner);

        /// <summary>Uploads whose time is over, whoever began them: for sweeping.</summary>
        public IQueryable<Upload> UploadsUntil(DateTimeOffset end) => db.Set<Upload>().Where(upload => upload.ExpiresAt < end);

        /// <summary>Whether any row of any room names the file, other than the one upload.</summary>
        public async Task<bool> UsesFileAsync(string hash, Guid but, CancellationToken ct) =>
            await db.UsesFileAsync(hash, _ => true, ct) || await db.Set<Upload>().AnyAsync(upload => upload.FileHash == hash && upload.Id != but, ct);

        /// <summary>Whether any row of any room names the file; rows of the kinds that are asked about, uploads apart.</summary>
        internal async Task<bool> UsesFileAsync(string hash, Func<Type, bool> kinds, CancellationToken ct)
        {
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.ClrType != typeof(Upload) && entity.FindProperty(Column) is not null && kinds(entity.ClrType)))
            {
                if (await (Task<bool>)Names.MakeGenericMethod(entity.ClrType).Invoke(null, [db, hash, ct])!)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Every record of the file, of whichever room. The caller may see files of all rooms, or is the product itself.</summary>
        internal Task<List<IFileRecord>> FileRecordsAsync(string hash, CancellationToken ct) => db.FileRecordsAsync(hash, int.MaxValue, ct);

        /// <summary>Records that hold the salt of their file themselves, as versions before wrote them.</summary>
        internal Task<List<IFileRecord>> FileRecordsWithSaltAsync(int most, CancellationToken ct) => db.FileRecordsAsync(null, most, ct);

        private async Task<List<IFileRecord>> FileRecordsAsync(string? hash, int most, CancellationToken ct)
        {
            var found = new List<IFileRecord>();
            foreach (var entity in db.Model.GetEntityTypes().Where(entity => typeof(IFileRecord).IsAssignableFrom(entity.ClrType) && (hash is not null || entity.FindProperty(nameof(IFileRecord.Salt)) is not null)).OrderBy(entity => entity.Name, StringComparer.Ordinal))
            {
                found.AddRange(await (Task<List<IFileRecord>>)Records.MakeGenericMethod(entity.ClrType).Invoke(null, [db, hash, most, ct])!);
            }

            return found;
        }
    }

    private static async Task<List<IFileRecord>> RecordsAsync<T>(Db db, string? hash, int most, CancellationToken ct) where T : class, IFileRecord
    {
        byte[] none = [];
        var rows = hash is null
            ? db.Set<T>().Where(row => EF.Property<byte[]>(row, nameof(IFileRecord.Salt)) != none)
            : db.Set<T>().Where(row => EF.Property<string>(row, Column) == hash);
        return [.. await rows.OrderBy(row => EF.Property<Guid>(row, nameof(IFileRecord.Id))).Take(most).ToListAsync(ct)];
    }

    private static Task<bool> NamesAsync<T>(Db db, string hash, CancellationToken ct) where T : class =>
        db.Set<T>().AnyAsync(row => EF.Property<string>(row, Column) == hash, ct);
}
