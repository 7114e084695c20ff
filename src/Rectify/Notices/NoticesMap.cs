using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Notices;

internal sealed class PublicNoticeMap : IEntityTypeConfiguration<PublicNotice>
{
    public void Configure(EntityTypeBuilder<PublicNotice> notice)
    {
        notice.Property(n => n.Id).ValueGeneratedNever();
        notice.Property(n => n.Title).HasMaxLength(200);
        notice.Property(n => n.Channel).HasMaxLength(200);
        notice.Property(n => n.Content).IsBookkeeping(); // the entry carries its hash
        notice.Property(n => n.ContentHash).HasMaxLength(64);
        notice.Property(n => n.Version).IsConcurrencyToken();
        notice.Ignore(n => n.IsRunning);
        notice.Ignore(n => n.IsPublic);
        notice.Ignore(n => n.Stands);
        notice.Ignore(n => n.Masks);
        notice.Ignore(n => n.ReceivingUnits);
        notice.Property(n => n.Receivers).HasMaxLength(1_000);
        notice.Ignore(n => n.MaskedOn);
        notice.Ignore(n => n.PublishedOn);
        notice.Ignore(n => n.IsBackdated);
        notice.HasIndex(n => n.PublicId).IsUnique();
        notice.HasIndex(n => new { n.ProgrammeId, n.Year, n.No }).IsUnique(); // no number is given twice, whoever publishes
        notice.HasIndex(n => new { n.State, n.EndsOn });
        notice.HasIndex(n => n.ClosureNoticeId).IsUnique();
        notice.HasOne<Programme>().WithMany().HasForeignKey(n => n.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        notice.HasOne<Unit>().WithMany().HasForeignKey(n => n.UnitId).OnDelete(DeleteBehavior.Restrict);
        notice.HasOne<ClosureNotice>().WithMany().HasForeignKey(n => n.ClosureNoticeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NoticePartMap : IEntityTypeConfiguration<NoticePart>
{
    public void Configure(EntityTypeBuilder<NoticePart> part)
    {
        part.Property(p => p.Id).ValueGeneratedNever();
        part.Property(p => p.Done).HasMaxLength(NoticePart.MostText);
        part.Property(p => p.Result).HasMaxLength(NoticePart.MostText);
        part.Property(p => p.Next).HasMaxLength(NoticePart.MostText);
        part.HasIndex(p => new { p.NoticeId, p.ClosureId }).IsUnique();
        part.HasOne<PublicNotice>().WithMany().HasForeignKey(p => p.NoticeId).OnDelete(DeleteBehavior.Restrict);
        part.HasOne<ItemClosure>().WithMany().HasForeignKey(p => p.ClosureId).OnDelete(DeleteBehavior.Restrict);
        part.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NoticePieceMap : IEntityTypeConfiguration<NoticePiece>
{
    public void Configure(EntityTypeBuilder<NoticePiece> piece)
    {
        piece.Property(p => p.Id).ValueGeneratedNever();
        piece.HasIndex(p => new { p.NoticeId, p.PieceId }).IsUnique();
        piece.HasOne<PublicNotice>().WithMany().HasForeignKey(p => p.NoticeId).OnDelete(DeleteBehavior.Restrict);
        piece.HasOne<Piece>().WithMany().HasForeignKey(p => p.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NoticeMaskingMap : IEntityTypeConfiguration<NoticeMasking>
{
    public void Configure(EntityTypeBuilder<NoticeMasking> masking)
    {
        masking.Property(m => m.Id).ValueGeneratedNever();
        masking.Property(m => m.Content).IsBookkeeping(); // the entry carries its hash
        masking.Property(m => m.Hash).HasMaxLength(64);
        masking.Property(m => m.By).IsBookkeeping(); // the entry says who
        masking.HasIndex(m => m.NoticeId);
        masking.HasOne<PublicNotice>().WithMany().HasForeignKey(m => m.NoticeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OverrulingMap : IEntityTypeConfiguration<Overruling>
{
    public void Configure(EntityTypeBuilder<Overruling> overruling)
    {
        overruling.Property(o => o.Id).ValueGeneratedNever();
        overruling.Property(o => o.Reason).HasMaxLength(500);
        overruling.Property(o => o.Said).HasMaxLength(Overruling.MostSaid);
        overruling.Property(o => o.By).IsBookkeeping(); // the entry says who
        overruling.HasIndex(o => o.NoticeId);
        overruling.HasOne<PublicNotice>().WithMany().HasForeignKey(o => o.NoticeId).OnDelete(DeleteBehavior.Restrict);
        overruling.HasOne<ItemClosure>().WithMany().HasForeignKey(o => o.ClosureId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ObjectionMap : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> objection)
    {
        objection.Property(o => o.Id).ValueGeneratedNever();
        objection.Property(o => o.Text).HasMaxLength(4_000);
        objection.Property(o => o.Place).HasMaxLength(200);
        objection.Property(o => o.Reasons).HasMaxLength(4_000);
        objection.Property(o => o.Answer).HasMaxLength(4_000);
        objection.Property(o => o.Sealed).HasMaxLength(2_000).IsSecret(); // nothing of a person goes into openings
        objection.Property(o => o.CodeHash).HasMaxLength(64).IsSecret();
        objection.Property(o => o.FormKey).IsBookkeeping();
        objection.Property(o => o.SettledBy).IsBookkeeping();
        objection.Property(o => o.Version).IsConcurrencyToken();
        objection.Ignore(o => o.IsOpen);
        objection.HasIndex(o => new { o.NoticeId, o.No }).IsUnique();
        objection.HasIndex(o => o.CodeHash).IsUnique();
        objection.HasIndex(o => o.FormKey).IsUnique();
        objection.HasOne<PublicNotice>().WithMany().HasForeignKey(o => o.NoticeId).OnDelete(DeleteBehavior.Restrict);
        objection.HasOne<ItemClosure>().WithMany().HasForeignKey(o => o.ClosureId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ObjectionFileMap : IEntityTypeConfiguration<ObjectionFile>
{
    public void Configure(EntityTypeBuilder<ObjectionFile> file)
    {
        file.Property(f => f.Id).ValueGeneratedNever();
        file.Property(f => f.FileHash).HasMaxLength(64);
        file.Property(f => f.Sm3).HasMaxLength(64);
        file.Property(f => f.Type).HasMaxLength(20);
        file.Property(f => f.Salt).HasMaxLength(32).IsBookkeeping(); // opens the commitment; is none of the changes
        file.HasIndex(f => f.FileHash);
        file.HasOne<Objection>().WithMany().HasForeignKey(f => f.ObjectionId).OnDelete(DeleteBehavior.Restrict);
        file.HasOne<PublicNotice>().WithMany().HasForeignKey(f => f.NoticeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ObjectionDeskMap : IEntityTypeConfiguration<ObjectionDesk>
{
    public void Configure(EntityTypeBuilder<ObjectionDesk> desk)
    {
        desk.Property(d => d.Id).ValueGeneratedNever();
        desk.Ignore(d => d.Details);
        desk.Property(d => d.Mark).HasMaxLength(20);
        desk.Property(d => d.Receiver).HasMaxLength(100);
        desk.Property(d => d.Phone).HasMaxLength(100);
        desk.Property(d => d.Email).HasMaxLength(100);
        desk.Property(d => d.Address).HasMaxLength(200);
        desk.Property(d => d.Channel).HasMaxLength(200);
        desk.Property(d => d.Version).IsConcurrencyToken();
        desk.HasIndex(d => d.ProgrammeId).IsUnique();
        desk.HasOne<Programme>().WithMany().HasForeignKey(d => d.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UnitDeskMap : IEntityTypeConfiguration<UnitDesk>
{
    public void Configure(EntityTypeBuilder<UnitDesk> desk)
    {
        desk.Property(d => d.Id).ValueGeneratedNever();
        desk.Ignore(d => d.Details);
        desk.Property(d => d.Receiver).HasMaxLength(100);
        desk.Property(d => d.Phone).HasMaxLength(100);
        desk.Property(d => d.Email).HasMaxLength(100);
        desk.Property(d => d.Address).HasMaxLength(200);
        desk.Property(d => d.Version).IsConcurrencyToken();
        desk.HasIndex(d => new { d.ProgrammeId, d.UnitId }).IsUnique();
        desk.HasOne<Programme>().WithMany().HasForeignKey(d => d.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        desk.HasOne<Unit>().WithMany().HasForeignKey(d => d.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class NoticesTables
{
    extension(Db db)
    {
        /// <summary>The notices that someone may read inside the product: of closings of which they may read every one.</summary>
        public IQueryable<PublicNotice> NoticesFor(Access reader)
        {
            var closures = db.ClosuresFor(reader);
            return db.Set<PublicNotice>().Where(notice => !db.Set<NoticePart>().Any(part => part.NoticeId == notice.Id && !closures.Any(closure => closure.Id == part.ClosureId)));
        }

        /// <summary>What the whole world may read: notices that went out.</summary>
        public IQueryable<PublicNotice> PublishedNotices() => db.Set<PublicNotice>().Where(notice => notice.State != NoticeState.Draft && notice.State != NoticeState.Dropped);

        // Parts of notices. The caller holds the notice from one of the doors above, or joins with it.

        public IQueryable<NoticePart> NoticeParts() => db.Set<NoticePart>();

        public IQueryable<NoticePiece> NoticePieces() => db.Set<NoticePiece>();

        public IQueryable<Overruling> Overrulings() => db.Set<Overruling>();

        /// <summary>What notices said before passages were withheld. Only the office reads it: the caller has asked <see cref="NoticeWork.IsOffice"/>.</summary>
        public IQueryable<NoticeMasking> NoticeMaskings() => db.Set<NoticeMasking>();

        /// <summary>Objections. Only the office that received them reads their words: the caller has asked <see cref="NoticeWork.IsOffice"/>.</summary>
        public IQueryable<Objection> Objections() => db.Set<Objection>();

        public IQueryable<ObjectionFile> ObjectionFiles() => db.Set<ObjectionFile>();

        /// <summary>Where the public turns with objections: public itself.</summary>
        public IQueryable<ObjectionDesk> ObjectionDesks() => db.Set<ObjectionDesk>();

        /// <summary>Where the public reaches single units: public itself.</summary>
        public IQueryable<UnitDesk> UnitDesks() => db.Set<UnitDesk>();
    }
}
