using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Deadlines;

internal sealed class DeadlineRequestMap : IEntityTypeConfiguration<DeadlineRequest>
{
    public void Configure(EntityTypeBuilder<DeadlineRequest> request)
    {
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.Reason).HasMaxLength(60);
        request.Property(r => r.Approver).HasMaxLength(100);
        request.Property(r => r.Document).HasMaxLength(200);
        request.Property(r => r.AskedBy).IsBookkeeping(); // the entry says who
        request.Property(r => r.DecidedBy).IsBookkeeping();
        request.Property(r => r.Version).IsConcurrencyToken();
        request.HasIndex(r => new { r.ProgrammeId, r.State, r.AskedAt });
        request.HasIndex(r => r.ItemId);
        request.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        request.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Restrict);
        request.HasOne<Unit>().WithMany().HasForeignKey(r => r.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeadlineMoveMap : IEntityTypeConfiguration<DeadlineMove>
{
    public void Configure(EntityTypeBuilder<DeadlineMove> move)
    {
        move.Property(m => m.Id).ValueGeneratedNever();
        move.Property(m => m.OpenFor).IsBookkeeping();
        move.HasIndex(m => m.OpenFor).IsUnique(); // of two who ask for one item in the same moment, one is told so
        move.HasIndex(m => new { m.RequestId, m.ItemId }).IsUnique();
        move.HasIndex(m => m.ItemId);
        move.HasOne<DeadlineRequest>().WithMany().HasForeignKey(m => m.RequestId).OnDelete(DeleteBehavior.Restrict);
        move.HasOne<Item>().WithMany().HasForeignKey(m => m.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeadlineProofMap : IEntityTypeConfiguration<DeadlineProof>
{
    public void Configure(EntityTypeBuilder<DeadlineProof> proof)
    {
        proof.Property(p => p.Id).ValueGeneratedNever();
        proof.HasIndex(p => new { p.RequestId, p.PieceId }).IsUnique();
        proof.HasOne<DeadlineRequest>().WithMany().HasForeignKey(p => p.RequestId).OnDelete(DeleteBehavior.Restrict);
        proof.HasOne<Piece>().WithMany().HasForeignKey(p => p.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DeadlineReasonsMap : IEntityTypeConfiguration<DeadlineReasons>
{
    public void Configure(EntityTypeBuilder<DeadlineReasons> reasons)
    {
        reasons.HasKey(r => r.ProgrammeId);
        reasons.Property(r => r.Lines).HasMaxLength(1_300);
        reasons.Property(r => r.Version).IsConcurrencyToken();
        reasons.Ignore(r => r.Names);
        reasons.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class DeadlinesTables
{
    extension(Db db)
    {
        /// <summary>Requests about items that someone may read.</summary>
        public IQueryable<DeadlineRequest> DeadlineRequestsFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<DeadlineRequest>().Where(request => items.Any(item => item.Id == request.ItemId));
        }

        /// <summary>Requests that someone may withdraw: those of the very units for which they report.</summary>
        public IQueryable<DeadlineRequest> DeadlineRequestsOf(Access by)
        {
            var (system, units) = (by.IsSystem, by.OwnUnits(Right.Report));
            return db.DeadlineRequestsFor(by).Where(request => system || (request.UnitId != null && units.Contains(request.UnitId.Value)));
        }

        /// <summary>The classes of reasons of programmes that someone may read.</summary>
        public IQueryable<DeadlineReasons> DeadlineReasonsFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<DeadlineReasons>().Where(reasons => programmes.Any(programme => programme.Id == reasons.ProgrammeId));
        }

        // Parts of requests. The caller holds requests from a door above, or joins with it.

        public IQueryable<DeadlineMove> DeadlineMoves() => db.Set<DeadlineMove>();

        public IQueryable<DeadlineProof> DeadlineProofs() => db.Set<DeadlineProof>();
    }
}
