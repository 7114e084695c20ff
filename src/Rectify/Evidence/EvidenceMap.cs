using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Evidence;

internal sealed class PieceMap : IEntityTypeConfiguration<Piece>
{
    public void Configure(EntityTypeBuilder<Piece> piece)
    {
        piece.Property(p => p.Id).ValueGeneratedNever();
        piece.Property(p => p.Title).HasMaxLength(200);
        piece.Property(p => p.Issuer).HasMaxLength(200);
        piece.Property(p => p.Number).HasMaxLength(200);
        piece.Property(p => p.Place).HasMaxLength(200);
        piece.Property(p => p.WithdrawnBecause).HasMaxLength(500);
        piece.Property(p => p.Version).IsConcurrencyToken();
        piece.Ignore(p => p.Spot);
        piece.Ignore(p => p.Details);
        piece.HasIndex(p => p.PublicId).IsUnique();
        piece.HasIndex(p => p.UnitId);
        piece.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        piece.HasOne<Unit>().WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PieceVersionMap : IEntityTypeConfiguration<PieceVersion>
{
    public void Configure(EntityTypeBuilder<PieceVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.FileHash).HasMaxLength(64);
        version.Property(v => v.Sm3).HasMaxLength(64);
        version.Property(v => v.FileName).HasMaxLength(200);
        version.Property(v => v.Type).HasMaxLength(40);
        version.Property(v => v.Salt).IsBookkeeping(); // opens the commitment; is none of the changes
        version.Property(v => v.Reason).HasMaxLength(500);
        version.Property(v => v.AddedBy).IsBookkeeping(); // the entry says who
        version.Property(v => v.TakenAt).HasMaxLength(40);
        version.Property(v => v.TakenWith).HasMaxLength(200);
        version.Ignore(v => v.TakenSpot);
        version.HasIndex(v => new { v.PieceId, v.No }).IsUnique();
        version.HasIndex(v => v.FileHash);
        version.HasOne<Piece>().WithMany().HasForeignKey(v => v.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PieceUseMap : IEntityTypeConfiguration<PieceUse>
{
    public void Configure(EntityTypeBuilder<PieceUse> use)
    {
        use.Property(u => u.Id).ValueGeneratedNever();
        use.HasIndex(u => new { u.PieceId, u.ItemId }).IsUnique();
        // What the piece itself says is what changed.
        use.Property(u => u.On).IsBookkeeping();
        use.Property(u => u.Kind).IsBookkeeping();
        use.Property(u => u.UnitId).IsBookkeeping();
        use.Property(u => u.Title).HasMaxLength(200).IsBookkeeping();
        use.Property(u => u.Words).HasMaxLength(803).IsBookkeeping();
        use.Property(u => u.AddedAt).IsBookkeeping();
        use.Property(u => u.WithdrawnAt).IsBookkeeping();
        use.Property(u => u.Mark).IsBookkeeping();
        use.HasIndex(u => new { u.ItemId, u.Mark }); // all that the sum of an item's marks takes
        use.HasIndex(u => new { u.ItemId, u.PieceId, u.AddedAt, u.WithdrawnAt });
        use.HasIndex(u => new { u.ItemId, u.Title, u.PieceId });
        use.HasIndex(u => new { u.ItemId, u.UnitId, u.On, u.PieceId }).IsDescending(false, false, true, false);
        // A word is looked for in each piece of an item: the index has all that this takes, or every piece would be fetched.
        use.HasIndex(u => new { u.ItemId, u.On, u.PieceId, u.AddedAt, u.Words }).IsDescending(false, true, false, false, false);
        use.HasOne<Piece>().WithMany().HasForeignKey(u => u.PieceId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<Item>().WithMany().HasForeignKey(u => u.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FileCheckMap : IEntityTypeConfiguration<FileCheck>
{
    public void Configure(EntityTypeBuilder<FileCheck> check)
    {
        check.HasKey(c => c.Hash);
        check.Property(c => c.Hash).HasMaxLength(64);
        check.Property(c => c.Result).IsConcurrencyToken(); // who looked while the file was destroyed has seen nothing
        check.HasIndex(c => new { c.Result, c.CheckedAt });
    }
}

internal sealed class PreviewMap : IEntityTypeConfiguration<Preview>
{
    public void Configure(EntityTypeBuilder<Preview> preview)
    {
        preview.HasKey(p => p.Hash);
        preview.Property(p => p.Hash).HasMaxLength(64);
        preview.Property(p => p.Why).HasMaxLength(40);
        preview.Property(p => p.State).IsConcurrencyToken();
        preview.HasIndex(p => p.State);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class EvidenceTables
{
    extension(Db db)
    {
        /// <summary>Evidence of the items that someone may read.</summary>
        public IQueryable<Piece> PiecesFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<Piece>().Where(piece => db.Set<PieceUse>().Any(use => use.PieceId == piece.Id && items.Any(item => item.Id == use.ItemId)));
        }

        /// <summary>Evidence that someone may change: that of the very units for which they report; whoever accepts or supervises, what they handed in themselves.</summary>
        public IQueryable<Piece> PiecesOf(Access by)
        {
            var (units, actor) = (by.OwnUnits(Right.Report), by.Actor);
            Guid[] judges = [.. by.HeldAs(Role.Acceptor).Concat(by.HeldAs(Role.Supervisor)).Select(duty => duty.Unit)];
            return db.PiecesFor(by).Where(piece => (!piece.OfJudge && units.Contains(piece.UnitId))
                || (piece.OfJudge && judges.Contains(piece.UnitId) && db.Set<PieceVersion>().Any(version => version.PieceId == piece.Id && version.No == 1 && version.AddedBy == actor)));
        }

        /// <summary>Items that someone's duties may have to prove: those they report on, accept or supervise. Whether one of their own units does is asked of each.</summary>
        public IQueryable<Item> ItemsToProve(Access by)
        {
            if (by.HeldAs(Role.Supervisor).Count > 0)
            {
                return db.ItemsFor(by, Right.Read);
            }

            var (report, accept) = (db.ItemsFor(by, Right.Report), db.ItemsFor(by, Right.Accept));
            return by.HeldAs(Role.Acceptor).Count == 0 ? report : db.ItemsFor(by, Right.Read).Where(item => report.Any(own => own.Id == item.Id) || accept.Any(own => own.Id == item.Id));
        }

        /// <summary>Evidence of these very items. The caller has the items from a door of their own.</summary>
        public IQueryable<Piece> PiecesOn(IReadOnlyCollection<Guid> items)
        {
            var used = db.Set<PieceUse>().Where(use => items.Contains(use.ItemId)).Select(use => use.PieceId);
            return db.Set<Piece>().Where(piece => used.Contains(piece.Id));
        }

        /// <summary>These very pieces. The caller has their ids from uses of items of their own.</summary>
        public IQueryable<Piece> PiecesAmong(Guid[] ids) => db.Set<Piece>().Where(piece => EF.Parameter(ids).Contains(piece.Id));

        // Parts of pieces. The caller holds pieces from one of the doors above, or joins with it.

        public IQueryable<PieceVersion> PieceVersions() => db.Set<PieceVersion>();

        public IQueryable<PieceUse> PieceUses() => db.Set<PieceUse>();

        /// <summary>Units whose pieces prove these items. The index gives the next unit of an item, so that as many steps are taken as there are units, not as there are pieces.</summary>
        public IQueryable<Guid> UnitsWithPieces(IReadOnlyCollection<Guid> items) => db.Database.SqlQuery<Guid>(FormattableStringFactory.Create(
            $$"""
            WITH RECURSIVE proved(wanted) AS (VALUES {{string.Join(", ", items.Select((_, at) => $"({{{at}}})"))}}),
            step(taken, holder) AS (
                SELECT wanted, (SELECT "UnitId" FROM "PieceUse" WHERE "ItemId" = wanted ORDER BY "UnitId" LIMIT 1) FROM proved
                UNION ALL
                SELECT taken, (SELECT "UnitId" FROM "PieceUse" WHERE "ItemId" = taken AND "UnitId" > holder ORDER BY "UnitId" LIMIT 1) FROM step WHERE holder IS NOT NULL)
            SELECT DISTINCT holder AS "Value" FROM step WHERE holder IS NOT NULL
            """, [.. items.Cast<object>()]));

        public IQueryable<FileCheck> FileChecks() => db.Set<FileCheck>();

        public IQueryable<Preview> Previews() => db.Set<Preview>();
    }
}
