using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.ExtendedProperties;
using DocumentFormat.OpenXml.Packaging;

namespace Rectify.Samples;

/// <summary>The properties that office programs show, with dates from the data instead of the clock.</summary>
internal static class PackageParts
{
    public static void AddProperties(OpenXmlPackage package, string title, string creator, DateOnly on, string application)
    {
        var core = package.AddNewPart<CoreFilePropertiesPart>("application/vnd.openxmlformats-package.core-properties+xml", "rId2");
        var time = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T01:00:00Z";
        using (var stream = new MemoryStream(Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><cp:lastModifiedBy>{creator}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified></cp:coreProperties>
            """)))
        {
            core.FeedData(stream);
        }

        package.AddNewPart<ExtendedFilePropertiesPart>("application/vnd.openxmlformats-officedocument.extended-properties+xml", "rId3")
            .Properties = new Properties(new Application(application));
    }
}
