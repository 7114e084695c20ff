using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;

namespace Rectify.Procedures;

internal sealed class ProcedureVersionMap : IEntityTypeConfiguration<ProcedureVersion>
{
    public void Configure(EntityTypeBuilder<ProcedureVersion> version)
    {
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Reason).HasMaxLength(500);
        version.Ignore(v => v.Procedure);
        version.HasIndex(v => new { v.ProgrammeId, v.No }).IsUnique(); // of two changes at once one is refused
        version.HasOne<Programme>().WithMany().HasForeignKey(v => v.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The doors to what the room keeps. Nobody outside this file opens its tables.</summary>
internal static class ProceduresTables
{
    extension(Db db)
    {
        /// <summary>The procedures of programmes that someone may read.</summary>
        public IQueryable<ProcedureVersion> ProceduresFor(Access reader)
        {
            var programmes = db.ProgrammesFor(reader, Right.Read);
            return db.Set<ProcedureVersion>().Where(version => programmes.Any(programme => programme.Id == version.ProgrammeId));
        }
    }
}
