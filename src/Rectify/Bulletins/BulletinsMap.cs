using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Bulletins;

internal sealed class BulletinMap : IEntityTypeConfiguration<Bulletin>
{
    public void Configure(EntityTypeBuilder<Bulletin> bulletin)
    {
        bulletin.Property(b => b.Id).ValueGeneratedNever();
        bulletin.Ignore(b => b.Written);
        bulletin.Property(b => b.Title).HasMaxLength(100);
        bulletin.Property(b => b.Report).HasMaxLength(500);
        bulletin.Property(b => b.Send).HasMaxLength(500);
        bulletin.Property(b => b.Distribute).HasMaxLength(500);
        bulletin.Property(b => b.Content).IsBookkeeping(); // the entry carries its hash
        bulletin.Property(b => b.ContentHash).HasMaxLength(64);
        bulletin.Property(b => b.WithdrawnBecause).HasMaxLength(500);
        bulletin.Property(b => b.Version).IsConcurrencyToken();
        bulletin.HasIndex(b => new { b.ProgrammeId, b.Year, b.No }).IsUnique(); // no number is given twice, whoever issues
        bulletin.HasIndex(b => new { b.RoundId, b.Attempt }).IsUnique(); // no round has two drafts
        bulletin.HasIndex(b => new { b.ProgrammeId, b.State, b.IssuedAt });
        bulletin.HasOne<Programme>().WithMany().HasForeignKey(b => b.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        bulletin.HasOne<DispatchRound>().WithMany().HasForeignKey(b => b.RoundId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BulletinFileMap : IEntityTypeConfiguration<BulletinFile>
{
    public void Configure(EntityTypeBuilder<BulletinFile> file)
    {
        file.Property(f => f.Id).ValueGeneratedNever();
        file.Property(f => f.Ending).HasMaxLength(10);
        file.Property(f => f.FileHash).HasMaxLength(64);
        file.Property(f => f.Sm3).HasMaxLength(64);
        file.Property(f => f.Salt).HasMaxLength(32).IsBookkeeping(); // opens the commitment; is none of the changes
        file.HasIndex(f => new { f.BulletinId, f.Ending }).IsUnique();
        file.HasIndex(f => f.FileHash);
        file.HasOne<Bulletin>().WithMany().HasForeignKey(f => f.BulletinId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BulletinCheckMap : IEntityTypeConfiguration<BulletinCheck>
{
    public void Configure(EntityTypeBuilder<BulletinCheck> check)
    {
        check.HasKey(c => c.BulletinId);
        check.HasIndex(c => c.Result);
        check.HasOne<Bulletin>().WithMany().HasForeignKey(c => c.BulletinId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BulletinSeriesMap : IEntityTypeConfiguration<BulletinSeries>
{
    public void Configure(EntityTypeBuilder<BulletinSeries> series)
    {
        series.Property(s => s.Id).ValueGeneratedNever();
        series.Ignore(s => s.Details);
        series.Property(s => s.Mark).HasMaxLength(30);
        series.Property(s => s.Issuer).HasMaxLength(100);
        series.Property(s => s.Report).HasMaxLength(500);
        series.Property(s => s.Send).HasMaxLength(500);
        series.Property(s => s.Distribute).HasMaxLength(500);
        series.Property(s => s.Version).IsConcurrencyToken();
        series.HasIndex(s => s.ProgrammeId).IsUnique();
        series.HasOne<Programme>().WithMany().HasForeignKey(s => s.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class BulletinTables
{
    extension(Db db)
    {
        /// <summary>What someone may read: issued ones of the programmes they read, drafts too where they act for the office.</summary>
        public IQueryable<Bulletin> BulletinsFor(Access who)
        {
            var (programmes, everywhere, regions) = (db.ProgrammesFor(who, Right.Read), who.IsEverywhere(Right.Plan), who.UnitIds(Right.Plan));
            return db.Set<Bulletin>().Where(bulletin => programmes.Any(programme => programme.Id == bulletin.ProgrammeId
                && (bulletin.State != BulletinState.Draft || everywhere || regions.Contains(programme.RegionId))));
        }

        /// <summary>How the bulletins of programmes that someone reads are headed and numbered.</summary>
        public IQueryable<BulletinSeries> BulletinSeriesFor(Access who)
        {
            var programmes = db.ProgrammesFor(who, Right.Read);
            return db.Set<BulletinSeries>().Where(series => programmes.Any(programme => programme.Id == series.ProgrammeId));
        }

        /// <summary>The files of bulletins. The caller holds the bulletin from the door above.</summary>
        public IQueryable<BulletinFile> BulletinFiles() => db.Set<BulletinFile>();

        public IQueryable<BulletinCheck> BulletinChecks() => db.Set<BulletinCheck>();
    }
}
