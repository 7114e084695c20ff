using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Dossiers;

internal sealed class RequirementSetMap : IEntityTypeConfiguration<RequirementSet>
{
    public void Configure(EntityTypeBuilder<RequirementSet> set)
    {
        set.Property(s => s.Id).ValueGeneratedNever();
        set.Property(s => s.Reason).HasMaxLength(500);
        set.Ignore(s => s.Requirements);
        set.HasIndex(s => new { s.ProgrammeId, s.No }).IsUnique(); // of two changes at once one is refused
        set.HasOne<Programme>().WithMany().HasForeignKey(s => s.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SharedFileMap : IEntityTypeConfiguration<SharedFile>
{
    public void Configure(EntityTypeBuilder<SharedFile> shared)
    {
        shared.Property(s => s.Id).ValueGeneratedNever();
        shared.Property(s => s.Hash).HasMaxLength(64);
        shared.Property(s => s.Reason).HasMaxLength(500);
        shared.HasIndex(s => s.PieceId);
        shared.HasOne<Piece>().WithMany().HasForeignKey(s => s.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class DossiersTables
{
    extension(Db db)
    {
        /// <summary>The requirements of programmes that someone may read.</summary>
        public IQueryable<RequirementSet> RequirementSetsFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<RequirementSet>().Where(set => programmes.Any(programme => programme.Id == set.ProgrammeId));
        }

        /// <summary>Evidence that an office may judge: that of items which it plans.</summary>
        public IQueryable<Piece> PiecesJudgedBy(Access by)
        {
            var items = db.ItemsFor(by, Right.Plan);
            return db.PiecesFor(by).Where(piece => db.PieceUses().Any(use => use.PieceId == piece.Id && items.Any(item => item.Id == use.ItemId)));
        }

        /// <summary>Items of whose dossiers someone may remind the responsible: those that they plan or supervise.</summary>
        public IQueryable<Item> ItemsToRemindOf(Access by)
        {
            var (planned, supervised) = (db.ItemsFor(by, Right.Plan), db.ItemsFor(by.As(Role.Supervisor), Right.Read));
            return db.ItemsFor(by, Right.Read).Where(item => item.RemovedOn == null && (planned.Any(one => one.Id == item.Id) || supervised.Any(one => one.Id == item.Id)));
        }

        // A part of pieces. The caller holds pieces from a door, or joins with it.

        public IQueryable<SharedFile> SharedFiles() => db.Set<SharedFile>();
    }
}
