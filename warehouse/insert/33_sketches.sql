INSERT INTO sketches BY NAME
SELECT document_id, sketch
FROM staged;
