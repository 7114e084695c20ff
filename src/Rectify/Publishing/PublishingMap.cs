using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Platform.Data;

namespace Rectify.Publishing;

internal sealed class SignedCheckpointMap : IEntityTypeConfiguration<SignedCheckpoint>
{
    public void Configure(EntityTypeBuilder<SignedCheckpoint> checkpoint)
    {
        checkpoint.ToTable("SignedCheckpoints");
        checkpoint.HasKey(c => c.Size);
        checkpoint.Property(c => c.Size).ValueGeneratedNever(); // the fence: one root for one size
    }
}

internal sealed class JournalCheckMap : IEntityTypeConfiguration<JournalCheck>
{
    public void Configure(EntityTypeBuilder<JournalCheck> check)
    {
        check.ToTable("JournalChecks");
        check.Property(c => c.Id).ValueGeneratedNever();
        check.Property(c => c.Place).HasMaxLength(200);
    }
}

internal static class PublishingTables
{
    extension(Db db)
    {
        /// <summary>All checkpoints that were ever signed. They are public.</summary>
        public DbSet<SignedCheckpoint> SignedCheckpoints() => db.Set<SignedCheckpoint>();

        /// <summary>The one row that says what the last reading found.</summary>
        public DbSet<JournalCheck> JournalChecks() => db.Set<JournalCheck>();

        /// <summary>The longest checkpoint that was signed.</summary>
        public Task<SignedCheckpoint?> LastCheckpointAsync(CancellationToken ct) =>
            db.SignedCheckpoints().AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(ct);
    }
}
