using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tasks;

namespace Rectify.Portal;

internal sealed class PublicProgrammeMap : IEntityTypeConfiguration<PublicProgramme>
{
    public void Configure(EntityTypeBuilder<PublicProgramme> open)
    {
        open.Property(o => o.Id).ValueGeneratedNever();
        open.Property(o => o.Code).HasMaxLength(40);
        open.Property(o => o.Title).HasMaxLength(200);
        open.Property(o => o.Host).HasMaxLength(200);
        open.Property(o => o.Hotline).HasMaxLength(60);
        open.Property(o => o.Licence).HasMaxLength(100);
        open.Property(o => o.LicenceUrl).HasMaxLength(300);
        open.Property(o => o.Version).IsConcurrencyToken();
        open.Ignore(o => o.Settings);
        open.HasIndex(o => o.ProgrammeId).IsUnique();
        open.HasIndex(o => o.Code).IsUnique();
        open.HasOne<Programme>().WithMany().HasForeignKey(o => o.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PublicationMap : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.Property(p => p.Id).ValueGeneratedNever();
        publication.Property(p => p.SortKey).HasMaxLength(60);
        publication.Property(p => p.Content).IsBookkeeping(); // the entry carries its hash, the version keeps it
        publication.Property(p => p.Said).IsBookkeeping();
        publication.Property(p => p.Number).HasMaxLength(400).IsBookkeeping();
        publication.Property(p => p.Title).HasMaxLength(600).IsBookkeeping();
        publication.Property(p => p.Aspect).HasMaxLength(400).IsBookkeeping();
        publication.Property(p => p.Status).HasMaxLength(40).IsBookkeeping();
        publication.Property(p => p.Folded).IsBookkeeping();
        publication.Property(p => p.Version).IsConcurrencyToken();
        publication.Ignore(p => p.Snapshot);
        publication.Ignore(p => p.Changes);
        publication.HasIndex(p => p.ItemId).IsUnique();
        publication.HasIndex(p => p.PublicId).IsUnique();
        publication.HasIndex(p => new { p.ProgrammeId, p.SortKey, p.Id });
        publication.HasIndex(p => new { p.ProgrammeId, p.ClosedOn, p.Id });
        publication.HasOne<Programme>().WithMany().HasForeignKey(p => p.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        publication.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PublicationVersionMap : IEntityTypeConfiguration<PublicationVersion>
{
    public void Configure(EntityTypeBuilder<PublicationVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Remark).HasMaxLength(500);
        version.Property(v => v.Hash).HasMaxLength(64);
        version.Property(v => v.Content).IsBookkeeping(); // the entry carries its hash
        version.Property(v => v.By).IsBookkeeping(); // the entry says who
        version.HasIndex(v => new { v.PublicationId, v.No }).IsUnique();
        version.HasOne<Publication>().WithMany().HasForeignKey(v => v.PublicationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PublicationUnitMap : IEntityTypeConfiguration<PublicationUnit>
{
    public void Configure(EntityTypeBuilder<PublicationUnit> unit)
    {
        unit.Property(u => u.Id).ValueGeneratedNever();
        unit.Property(u => u.Name).HasMaxLength(400);
        unit.HasIndex(u => new { u.PublicationId, u.Order });
        unit.HasOne<Publication>().WithMany().HasForeignKey(u => u.PublicationId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PublicPictureMap : IEntityTypeConfiguration<PublicPicture>
{
    public void Configure(EntityTypeBuilder<PublicPicture> picture)
    {
        picture.Property(p => p.Id).ValueGeneratedNever();
        picture.Property(p => p.Name).HasMaxLength(32);
        picture.Property(p => p.Hash).HasMaxLength(64);
        picture.Property(p => p.Caption).HasMaxLength(200);
        picture.Property(p => p.Alt).HasMaxLength(200);
        picture.HasIndex(p => p.Name).IsUnique();
        picture.HasIndex(p => p.ItemId);
        picture.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Restrict);
        picture.HasOne<Piece>().WithMany().HasForeignKey(p => p.PieceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ErrorReportMap : IEntityTypeConfiguration<ErrorReport>
{
    public void Configure(EntityTypeBuilder<ErrorReport> report)
    {
        report.Property(r => r.Id).ValueGeneratedNever();
        report.Property(r => r.Receipt).HasMaxLength(20).IsSecret();
        report.Property(r => r.Text).HasMaxLength(2_000).IsSecret(); // a stranger's words: may name anyone
        report.Property(r => r.Contact).HasMaxLength(200).IsSecret();
        report.Property(r => r.Answer).HasMaxLength(2_000).IsSecret();
        report.Property(r => r.Version).IsConcurrencyToken();
        report.HasIndex(r => r.Receipt).IsUnique();
        report.HasIndex(r => new { r.ProgrammeId, r.State, r.At, r.Id });
        report.HasOne<Programme>().WithMany().HasForeignKey(r => r.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        report.HasOne<Publication>().WithMany().HasForeignKey(r => r.PublicationId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class PortalTables
{
    extension(Db db)
    {
        // For the public: what these four give anyone may read, and no page, feed or file of theirs reads anything else.

        /// <summary>Programmes whose office opened them.</summary>
        public IQueryable<PublicProgramme> PublicProgrammes() => db.Set<PublicProgramme>().AsNoTracking().Where(open => open.IsOpen);

        /// <summary>What is published, of open programmes. Of what was withdrawn the row is there and holds nothing but that it was.</summary>
        public IQueryable<Publication> PublicFor() =>
            db.Set<Publication>().AsNoTracking().Where(publication => db.Set<PublicProgramme>().Any(open => open.ProgrammeId == publication.ProgrammeId && open.IsOpen));

        /// <summary>Units that stand in what is published now.</summary>
        public IQueryable<PublicationUnit> PublicUnits() =>
            db.Set<PublicationUnit>().AsNoTracking().Where(unit => db.PublicFor().Any(publication => publication.Id == unit.PublicationId && publication.State == PublicationState.Published));

        /// <summary>Copies of pictures that stand in what is published now.</summary>
        public IQueryable<PublicPicture> PublicPictures() =>
            db.Set<PublicPicture>().AsNoTracking().Where(picture => picture.Shown && db.PublicFor().Any(publication => publication.ItemId == picture.ItemId && publication.State == PublicationState.Published));

        /// <summary>The answer to a report, for whoever holds its receipt.</summary>
        public IQueryable<ErrorReport> ErrorReportBy(string receipt) => db.Set<ErrorReport>().AsNoTracking().Where(report => report.Receipt == receipt);

        /// <summary>Copies made of a file of evidence, shown or not: for whoever destroys it.</summary>
        internal IQueryable<PublicPicture> PicturesMadeOf(string hash) => db.Set<PublicPicture>().Where(picture => db.PieceVersions().Any(version =>
            version.PieceId == picture.PieceId && version.FileHash == hash && version.AddedAt <= picture.MadeAt
            && !db.PieceVersions().Any(later => later.PieceId == picture.PieceId && later.No > version.No && later.AddedAt <= picture.MadeAt)));

        // For offices.

        /// <summary>Settings of programmes that someone may read.</summary>
        public IQueryable<PublicProgramme> PublicProgrammesFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<PublicProgramme>().Where(open => programmes.Any(programme => programme.Id == open.ProgrammeId));
        }

        /// <summary>Publications of items that someone may read, in programmes open or not.</summary>
        public IQueryable<Publication> PublicationsFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<Publication>().Where(publication => items.Any(item => item.Id == publication.ItemId));
        }

        /// <summary>Pictures made for the public of items that someone may read, shown or not.</summary>
        public IQueryable<PublicPicture> PublicPicturesFor(Access reader)
        {
            var items = db.ItemsFor(reader, Right.Read);
            return db.Set<PublicPicture>().Where(picture => items.Any(item => item.Id == picture.ItemId));
        }

        /// <summary>Reports about programmes that someone plans at the top: they may name strangers.</summary>
        public IQueryable<ErrorReport> ErrorReportsFor(Access office)
        {
            var programmes = db.ProgrammesFor(office, Right.Plan);
            return db.Set<ErrorReport>().Where(report => programmes.Any(programme => programme.Id == report.ProgrammeId));
        }

        // Parts of publications. The caller holds publications from PublicationsFor, or joins with it.

        public IQueryable<PublicationVersion> PublicationVersions() => db.Set<PublicationVersion>();

        public IQueryable<PublicationUnit> PublicationUnits() => db.Set<PublicationUnit>();
    }
}
