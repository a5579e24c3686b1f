-- What statistics takes from the catalogue: units with their crosswalk, and the code lists figures are broken down by.
grant select on province, commune, former_province, former_commune, commune_succession, icd_chapter, land_use_type,
  benefit_type, social_assistance_category to catalogue_linkage;
